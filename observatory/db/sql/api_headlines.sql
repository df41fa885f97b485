-- The value chosen for each indicator, entity and period as known on $as_of; empty while sources are in dispute.
-- Lowest and highest are those of all sources of a cell: without $single they are given where all of them are open.
WITH cells AS (
  SELECT o.cell_id, bool_and(s.reuse = 'open') AS all_open
  FROM serve.observations o JOIN serve.sources s USING (source_id) GROUP BY o.cell_id
)
SELECT h.row_id, h.indicator_id, h.entity_id, h.period, h.span, h.period_start, h.period_end, h.period_precision,
       h.value, h.value_text, h.unit, h.status, h.status_reason, h.is_headline, h.is_forecast, h.rule,
       h.n_sources, h.n_origins, CASE WHEN $single OR c.all_open THEN h.low END AS low,
       CASE WHEN $single OR c.all_open THEN h.high END AS high, CASE WHEN $single OR c.all_open THEN h.spread END AS spread,
       h.known_on, h.cell_id,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.headlines h JOIN serve.sources s USING (source_id) JOIN cells c ON c.cell_id = h.cell_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
