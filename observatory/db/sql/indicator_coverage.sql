-- How far each indicator reaches as known on $as_of: economies of the scope, all entities, periods, values, disputes.
SELECT * EXCLUDE (n_held, n_held_periods, valid_from, valid_to) FROM serve.measure_reach
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY indicator_id
