-- Things on which sources differ as known on $as_of. A conflict rests on every source of its rows: on the least open of them.
WITH told AS (
  SELECT row_id, source_id FROM serve.observations UNION SELECT row_id, source_id FROM serve.deals
  UNION SELECT row_id, source_id FROM serve.ipo_events UNION SELECT row_id, source_id FROM serve.models
  UNION SELECT row_id, source_id FROM serve.benchmark_results UNION SELECT row_id, source_id FROM serve.chips
  UNION SELECT row_id, source_id FROM serve.supercomputers UNION SELECT row_id, source_id FROM serve.clusters
  UNION SELECT row_id, source_id FROM serve.policies
), parts AS (
  SELECT t.cell_id, string_agg(DISTINCT s.source_id, ';' ORDER BY s.source_id) AS source_ids,
         string_agg(DISTINCT s.publisher, '; ' ORDER BY s.publisher) AS source_publishers,
         string_agg(DISTINCT s.licence, '; ' ORDER BY s.licence) AS source_licence,
         CASE WHEN bool_and(s.reuse = 'open') THEN 'open' WHEN bool_or(s.reuse = 'closed') THEN 'closed' ELSE 'quotable' END AS reuse,
         string_agg(DISTINCT t.row_id, ';' ORDER BY t.row_id) AS row_ids
  FROM serve.states t JOIN told USING (row_id) JOIN serve.sources s USING (source_id)
  WHERE t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true) AND t.status <> 'superseded'
    AND t.cell_id IN (SELECT cell_id FROM serve.conflicts)
  GROUP BY t.cell_id
)
SELECT c.cell_id, coalesce(c.chosen_row_id, c.lead_row_id) AS row_id, c.table_name, c.indicator_id, c.entity_id,
       c.economy_id, c.org_id, c.thing_id, c.period, c.span, p.row_ids, c.n_sources, c.n_origins, c.low, c.high, c.spread,
       c.differs, c.outcome, c.chosen_row_id, c.rule, t.status, t.status_reason, c.period_start, c.period_end, c.unit,
       p.source_ids AS source_id, p.source_publishers AS source_publisher, p.source_licence, p.reuse
FROM serve.conflicts c
JOIN parts p ON p.cell_id = c.cell_id
JOIN serve.states t ON t.row_id = coalesce(c.chosen_row_id, c.lead_row_id) AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
