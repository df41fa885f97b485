-- Every value of some cells as known on $as_of, with who published it.
SELECT t.cell_id, o.row_id, o.value, o.value_text, o.period, s.origin, s.publisher, o.source_id
FROM serve.states t
JOIN serve.observations o ON o.row_id = t.row_id AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.sources s ON s.source_id = o.source_id
WHERE list_contains($cells, t.cell_id) AND t.status <> 'superseded'
  AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
ORDER BY t.cell_id, o.value, o.row_id
