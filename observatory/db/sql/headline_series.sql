-- Chosen values of some indicators for economies (never provinces or group other), as known on $as_of.
SELECT h.indicator_id, h.entity_id, h.period, h.span, h.period_start, h.period_end, h.period_precision, h.value,
       h.value_text, h.unit, h.status, h.status_reason, h.is_forecast, h.is_headline, h.row_id, h.source_id, h.known_on, h.rule,
       h.n_sources, h.low, h.high, e.in_scope, e.group_id
FROM serve.headlines h
JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
  AND e.group_id <> 'other' AND list_contains($indicators, h.indicator_id)
ORDER BY h.indicator_id, h.entity_id, h.period_end, h.period
