-- What each source says of listing stages, as known on $as_of.
SELECT i.row_id, i.place, i.ipo_id, i.event_id, i.org_id, g.name AS org, g.economy_id, [g.economy_id] AS places, i.exchange, i.stage,
       i.stage_date, i.period_start, i.period_end, i.raise_amount, i.currency, i.usd, i.usd_basis, i.valuation_usd_m, i.ticker,
       i.status, i.status_reason, i.is_lead AS chosen, i.n_sources, i.n_origins, i.confidence, i.source_id, i.locator, i.note,
       i.known_on,
       concat_ws(' ', i.ipo_id, g.name, g.native_name, i.exchange, i.stage, i.stage_date, i.ticker, i.locator, i.note) AS search
FROM serve.ipo_events i
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = i.org_id
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)
