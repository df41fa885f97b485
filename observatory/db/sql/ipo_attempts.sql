-- Every row on listing stages as known on $as_of, with the company, its layer and the source.
SELECT i.row_id, i.ipo_id, i.event_id, i.line, i.org_id, i.exchange, i.stage, i.stage_date, i.period_start, i.period_end,
       i.raise_amount, i.currency, i.raise_usd_m, i.usd, i.usd_basis, i.usd_rate, i.usd_rate_period, i.valuation_usd_m,
       i.ticker, i.source_id, i.note, i.confidence, i.known_on, i.status, i.status_reason, i.is_lead, i.n_sources,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language,
       g.economy_id, g.stack_layer, s.title AS source_title, s.publisher, s.origin, s.url, s.published, s.source_kind
FROM serve.ipo_events i
JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id, stack_layer FROM serve.organizations) g
  ON g.org_id = i.org_id
JOIN serve.sources s ON s.source_id = i.source_id
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)
ORDER BY i.ipo_id, i.period_end, i.stage, i.is_lead DESC, i.row_id
