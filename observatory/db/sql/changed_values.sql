-- Observations, as known on $as_of, of the cells in which the row shown on $since was another on $until, was said otherwise,
-- or was gone; in the shape of evidence_facts;
-- with $shown only the row shown of each. What is shown of a cell changes only where a line of its headlines ends.
WITH touched AS MATERIALIZED (
  SELECT DISTINCT indicator_id, cell_id FROM serve.headlines WHERE valid_from <= $since AND valid_to > $since AND valid_to <= $until
)
SELECT 'observations' AS kind, o.row_id, o.cell_id,
       CASE WHEN e.economy_id IS NOT NULL OR o.entity_id LIKE 'CN-%' THEN o.entity_id END AS economy_id,
       CASE WHEN e.economy_id IS NULL AND o.entity_id NOT LIKE 'CN-%' THEN o.entity_id END AS org_id,
       o.indicator_id, NULL::VARCHAR AS thing_id, NULL::VARCHAR AS title, o.period AS date, o.value AS amount, o.value_text AS text, o.unit,
       NULL::DOUBLE AS usd, CASE WHEN o.is_forecast THEN 'forecast' END AS state, o.status, o.status_reason, o.source_id, o.known_on,
       o.row_id = coalesce(c.chosen_row_id, c.lead_row_id) AS is_shown, c.chosen_row_id IS NOT NULL AS is_chosen, c.rule, c.n_sources
FROM touched x
JOIN serve.observations o ON o.indicator_id = x.indicator_id AND o.cell_id = x.cell_id
 AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.cells c ON c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
WHERE NOT $shown OR o.row_id = coalesce(c.chosen_row_id, c.lead_row_id)
ORDER BY o.row_id
