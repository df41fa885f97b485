-- Observations of the cells with these marks (cell_marks), as known on $as_of, in the shape of evidence_facts.
SELECT 'observations' AS kind, o.row_id, o.cell_id,
       CASE WHEN e.economy_id IS NOT NULL OR o.entity_id LIKE 'CN-%' THEN o.entity_id END AS economy_id,
       CASE WHEN e.economy_id IS NULL AND o.entity_id NOT LIKE 'CN-%' THEN o.entity_id END AS org_id,
       o.indicator_id, NULL::VARCHAR AS thing_id, NULL::VARCHAR AS title, o.period AS date, o.value AS amount, o.value_text AS text, o.unit,
       NULL::DOUBLE AS usd, CASE WHEN o.is_forecast THEN 'forecast' END AS state, o.status, o.status_reason, o.source_id, o.known_on,
       o.row_id = coalesce(c.chosen_row_id, c.lead_row_id) AS is_shown, c.chosen_row_id IS NOT NULL AS is_chosen, c.rule, c.n_sources
FROM serve.observations o
JOIN serve.cells c ON c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
WHERE hash(o.cell_id) IN (SELECT unnest($marks::UBIGINT[])) AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
ORDER BY o.row_id
