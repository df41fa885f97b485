-- Cells of observations known on $as_of and not on $since, counted by measure and entity (n): the row of the newest period
-- stands for them, in the shape of evidence_facts.
WITH begun AS MATERIALIZED (
  SELECT indicator_id, entity_id, max((period_end, period, row_id)) AS last, count(*) AS n
  FROM serve.headlines h
  WHERE valid_from > $since AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
    AND NOT EXISTS (FROM serve.headlines b WHERE b.cell_id = h.cell_id AND b.valid_from <= $since AND b.valid_to > $since)
  GROUP BY indicator_id, entity_id
)
SELECT 'observations' AS kind, o.row_id, o.cell_id,
       CASE WHEN e.economy_id IS NOT NULL OR o.entity_id LIKE 'CN-%' THEN o.entity_id END AS economy_id,
       CASE WHEN e.economy_id IS NULL AND o.entity_id NOT LIKE 'CN-%' THEN o.entity_id END AS org_id,
       o.indicator_id, NULL::VARCHAR AS thing_id, NULL::VARCHAR AS title, o.period AS date, o.value AS amount, o.value_text AS text, o.unit,
       NULL::DOUBLE AS usd, CASE WHEN o.is_forecast THEN 'forecast' END AS state, o.status, o.status_reason, o.source_id, o.known_on,
       o.row_id = coalesce(c.chosen_row_id, c.lead_row_id) AS is_shown, c.chosen_row_id IS NOT NULL AS is_chosen, c.rule, c.n_sources,
       b.n
FROM begun b
JOIN serve.observations o ON o.indicator_id = b.indicator_id AND o.row_id = b.last[3]
 AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
JOIN serve.cells c ON c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
ORDER BY o.row_id
