-- Every observation with its status, as known from valid_from to valid_to
SELECT o.row_id, o.place, o.indicator_id, o.entity_id, o.period, o.span, o.period_start, o.period_end,
       o.period_precision, o.value, o.value_text, o.unit, t.status, t.reason AS status_reason,
       o.status_hint, o.status_hint = 'forecast' AS is_forecast, o.confidence, o.source_id, o.locator, o.note,
       o.known_on, t.cell_id, t.valid_from, t.valid_to
FROM core.observations o
JOIN core.row_status t USING (row_id)
