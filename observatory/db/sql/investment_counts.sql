-- Values of money indicators as each source prints them, by economy and period.
SELECT o.indicator_id, o.entity_id, o.period, o.span, o.period_end, o.value, o.value_text, o.unit, o.status, o.note,
       o.source_id, o.known_on, o.row_id, o.confidence, s.edition, s.origin, s.publisher
FROM serve.observations o
JOIN serve.sources s USING (source_id)
WHERE list_contains($indicators, o.indicator_id)
  AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
ORDER BY o.entity_id, o.period_end, o.indicator_id, s.edition, o.row_id
