-- Every usable row of the things, observations aside, that several rows speak of, as known on $as_of, with what was done
-- where they differ.
SELECT c.cell_id, c.table_name, c.chosen_row_id, c.rule, c.n_sources, c.n_origins, c.low, c.high, c.spread, c.differs,
       x.outcome, t.row_id, t.status, t.status_reason
FROM serve.cells c
JOIN serve.states t ON t.cell_id = c.cell_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
LEFT JOIN serve.conflicts x ON x.cell_id = c.cell_id AND x.valid_from = c.valid_from
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true) AND c.n_rows > 1
  AND c.table_name <> 'observations' AND t.status <> 'superseded'
ORDER BY c.spread DESC NULLS LAST, c.cell_id, t.row_id
