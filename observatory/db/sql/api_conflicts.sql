-- Values on which sources differ as known on $as_of. A conflict rests on every source of its cell: on the least open of them.
WITH parts AS (
  SELECT o.cell_id, string_agg(DISTINCT o.source_id, ';' ORDER BY o.source_id) AS source_ids,
         string_agg(DISTINCT s.publisher, '; ' ORDER BY s.publisher) AS source_publishers,
         string_agg(DISTINCT s.licence, '; ' ORDER BY s.licence) AS source_licence,
         CASE WHEN bool_and(s.reuse = 'open') THEN 'open' WHEN bool_or(s.reuse = 'closed') THEN 'closed' ELSE 'quotable' END AS reuse,
         string_agg(DISTINCT o.row_id, ';' ORDER BY o.row_id) AS row_ids
  FROM serve.observations o JOIN serve.sources s USING (source_id)
  WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
    AND o.cell_id IN (SELECT cell_id FROM serve.conflicts)
  GROUP BY o.cell_id
)
SELECT c.cell_id, coalesce(c.chosen_row_id, l.lead_row_id) AS row_id, c.indicator_id, c.entity_id, c.period, c.span,
       p.row_ids, c.n_sources, c.n_origins, c.low, c.high, c.spread, c.chosen_row_id, c.rule, t.status, t.status_reason,
       o.period_start, o.period_end, o.unit, p.source_ids AS source_id, p.source_publishers AS source_publisher,
       p.source_licence, p.reuse
FROM serve.conflicts c
JOIN parts p ON p.cell_id = c.cell_id
JOIN serve.cells l ON l.cell_id = c.cell_id AND l.valid_from = c.valid_from
JOIN serve.states t ON t.row_id = coalesce(c.chosen_row_id, l.lead_row_id) AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
JOIN (SELECT DISTINCT row_id, period_start, period_end, unit FROM serve.observations) o ON o.row_id = t.row_id
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
