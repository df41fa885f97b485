-- How many economies of the thirteen hold a usable value of each measure of economies, as known on $as_of.
SELECT r.indicator_id, r.n_held AS economies, r.n_held_periods AS periods
FROM serve.measure_reach r
JOIN serve.indicators i ON i.indicator_id = r.indicator_id AND i.entity_type = 'economy'
WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true) AND r.n_held > 0
ORDER BY r.indicator_id
