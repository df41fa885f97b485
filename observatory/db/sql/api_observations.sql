-- Every value that any source gives, as known on $as_of.
SELECT o.row_id, o.indicator_id, o.entity_id, o.period, o.span, o.period_start, o.period_end, o.period_precision,
       o.value, o.value_text, o.unit, o.status, o.status_reason, o.is_forecast, o.confidence, o.known_on, o.cell_id, o.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.observations o JOIN serve.sources s USING (source_id)
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
