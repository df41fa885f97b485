-- How many economies of the thirteen hold a usable value of each measure of economies, as known on $as_of.
SELECT i.indicator_id, count(DISTINCT h.entity_id) AS economies, count(DISTINCT h.period) AS periods
FROM serve.indicators i
JOIN serve.headlines h ON h.indicator_id = i.indicator_id
 AND h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
 AND h.is_headline AND NOT h.is_forecast AND h.value IS NOT NULL
JOIN serve.economies e ON e.economy_id = h.entity_id AND e.in_scope
WHERE i.entity_type = 'economy'
GROUP BY i.indicator_id
ORDER BY i.indicator_id
