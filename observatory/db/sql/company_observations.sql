-- Values measured for one organisation as known on $as_of: all rows, chosen ones marked, with reasons and remarks.
SELECT o.indicator_id, o.period, o.span, o.period_start, o.period_end, o.period_precision, o.value, o.value_text, o.unit,
       o.status, o.status_reason, o.is_forecast, o.row_id, o.source_id, o.known_on, o.note, o.confidence,
       c.is_headline AND c.row_id = o.row_id AS is_headline, c.rule, c.n_sources, c.low, c.high,
       i.name, i.short_name, i.unit_label, i.currency, i.scale, i.value_kind, i.measure_id, i.domain, i.higher_is_better,
       i.definition, i.method_caveats
FROM serve.observations o
JOIN serve.indicators i USING (indicator_id)
JOIN serve.headlines c ON c.entity_id = $org AND c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
WHERE o.entity_id = $org AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
ORDER BY i.domain, o.indicator_id, o.period_end, o.row_id
