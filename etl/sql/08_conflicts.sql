-- Values on which sources differ, with what was chosen and by which rule
SELECT c.cell_id, o.indicator_id, o.entity_id, o.period, o.span, c.n_sources, c.n_origins, c.low, c.high, c.spread,
       c.chosen_row_id, c.rule, c.valid_from, c.valid_to
FROM core.cells c
JOIN core.observations o ON o.row_id = c.lead_row_id
WHERE c.table_name = 'observations' AND c.n_rows > 1 AND c.high > c.low
