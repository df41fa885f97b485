-- The cell a row belongs to as known on $as_of: its state, and id, status and reason of each row in it.
SELECT c.cell_id, c.table_name, c.lead_row_id, c.chosen_row_id, c.rule, c.n_sources, c.n_origins, c.low, c.high, c.spread,
       t.row_id, t.status, t.status_reason
FROM serve.cells c
JOIN serve.states t ON t.cell_id = c.cell_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
WHERE c.cell_id = (SELECT any_value(cell_id) FROM serve.row_keys WHERE row_id = $row_id)
  AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
ORDER BY t.row_id
