-- The value chosen for each indicator, entity and period; none while sources are in dispute
SELECT c.cell_id, o.row_id, o.indicator_id, o.entity_id, o.period, o.span, o.period_start, o.period_end,
       o.period_precision, c.chosen_row_id IS NOT NULL AS is_headline,
       CASE WHEN c.chosen_row_id IS NOT NULL THEN o.value END AS value,
       CASE WHEN c.chosen_row_id IS NOT NULL THEN o.value_text END AS value_text,
       o.unit, t.status, t.reason AS status_reason, o.status_hint = 'forecast' AS is_forecast, o.source_id, o.known_on,
       c.rule, c.n_sources, c.n_origins, c.low, c.high, c.spread,
       greatest(c.valid_from, t.valid_from) AS valid_from, least(c.valid_to, t.valid_to) AS valid_to
FROM core.cells c
JOIN core.observations o ON o.row_id = coalesce(c.chosen_row_id, c.lead_row_id)
JOIN core.row_status t ON t.row_id = o.row_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
WHERE c.table_name = 'observations'
