-- Every value of those cells of $indicator on which sources differ, as known on $as_of, with what was chosen and why.
SELECT c.cell_id, c.entity_id, c.period, c.span, c.low, c.high, c.spread, c.chosen_row_id, c.rule, o.row_id, o.value,
       o.value_text, o.status, o.confidence, o.source_id, o.known_on, o.period_end, s.publisher, s.origin, s.title, s.url,
       s.published
FROM serve.conflicts c
JOIN serve.observations o ON o.cell_id = c.cell_id AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.sources s ON s.source_id = o.source_id
WHERE c.indicator_id = $indicator AND o.indicator_id = $indicator AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
  AND o.status <> 'superseded'
ORDER BY c.spread DESC, c.cell_id, o.value, o.row_id
