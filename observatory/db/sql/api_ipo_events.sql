-- What each source says of listing stages, as known on $as_of.
SELECT i.row_id, i.ipo_id, i.event_id, i.line, i.org_id, g.economy_id AS org_economy_id, i.exchange, i.stage, i.stage_date,
       i.period_start, i.period_end, i.period_precision, i.raise_amount, i.currency, i.raise_usd_m, i.usd, i.usd_basis,
       i.usd_rate, i.usd_rate_period, i.valuation_usd_m, i.ticker, i.status, i.status_reason, i.is_lead, i.n_sources,
       i.n_origins, i.confidence, i.known_on, i.cell_id, i.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.ipo_events i
JOIN serve.sources s USING (source_id)
JOIN (SELECT DISTINCT org_id, economy_id FROM serve.organizations) g ON g.org_id = i.org_id
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)
