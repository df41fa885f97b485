-- Every value of some measures that a headline may rest on, as known on $as_of: several a cell where several sources print it.
SELECT o.indicator_id, o.entity_id, o.period, o.span, o.value, o.row_id, o.status, o.source_id
FROM serve.observations o
JOIN serve.economies e ON e.economy_id = o.entity_id
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
  AND list_contains($indicators, o.indicator_id)
  AND o.value IS NOT NULL AND NOT coalesce(o.is_forecast, false)
  AND o.status NOT IN ('disputed', 'unchecked', 'superseded')
ORDER BY o.indicator_id, o.entity_id, o.period, o.row_id
