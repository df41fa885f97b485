-- Yearly average exchange rates that were known on $as_of.
SELECT f.row_id, f.currency, f.period, f.units_per_usd, t.status, t.status_reason, f.confidence, f.known_on, f.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.fx_rates f JOIN serve.sources s USING (source_id)
LEFT JOIN serve.states t ON t.row_id = f.row_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
WHERE f.known_on <= $as_of AND coalesce(f.replaced_on > $as_of, true)
