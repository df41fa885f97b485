-- Every usable observation of some cells, as known on $as_of, in the shape of evidence_facts, with what was done where they
-- differ. Their measures come first: by these the rows lie in order.
WITH asked AS MATERIALIZED (
  SELECT t.row_id, k.indicator_id
  FROM serve.states t JOIN serve.row_keys k USING (row_id)
  WHERE t.cell_id IN (SELECT unnest($cells::VARCHAR[])) AND t.status <> 'superseded'
    AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
)
SELECT 'observations' AS kind, o.row_id, o.cell_id,
       CASE WHEN e.economy_id IS NOT NULL OR o.entity_id LIKE 'CN-%' THEN o.entity_id END AS economy_id,
       CASE WHEN e.economy_id IS NULL AND o.entity_id NOT LIKE 'CN-%' THEN o.entity_id END AS org_id,
       o.indicator_id, NULL::VARCHAR AS thing_id, NULL::VARCHAR AS title, o.period AS date, o.value AS amount, o.value_text AS text, o.unit,
       NULL::DOUBLE AS usd, CASE WHEN o.is_forecast THEN 'forecast' END AS state, o.status, o.status_reason, o.source_id, o.known_on,
       o.row_id = coalesce(c.chosen_row_id, c.lead_row_id) AS is_shown, c.chosen_row_id IS NOT NULL AS is_chosen, c.rule, c.n_sources,
       c.table_name, c.chosen_row_id, c.spread, c.differs, x.outcome
FROM asked a
JOIN serve.observations o ON o.indicator_id = a.indicator_id AND o.row_id = a.row_id
 AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.cells c ON c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
LEFT JOIN serve.conflicts x ON x.indicator_id = o.indicator_id AND x.cell_id = o.cell_id AND x.valid_from = c.valid_from
ORDER BY o.cell_id, o.row_id
