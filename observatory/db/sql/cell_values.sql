-- Every value of some cells as known on $as_of, with who published it.
WITH told AS (
  SELECT row_id, cell_id FROM serve.states
  WHERE cell_id IN (SELECT unnest($cells::VARCHAR[])) AND status <> 'superseded'
    AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
)
SELECT t.cell_id, o.row_id, o.value, o.value_text, o.period, s.origin, s.publisher, o.source_id
FROM told t
JOIN serve.row_keys k ON k.row_id = t.row_id
JOIN serve.observations o ON o.indicator_id = k.indicator_id AND o.row_id = t.row_id
 AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.sources s ON s.source_id = o.source_id
ORDER BY t.cell_id, o.value, o.row_id
