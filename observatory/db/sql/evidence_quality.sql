-- Quality of each indicator's values as known on $as_of: sources, makers, states, newest period and when it was published.
SELECT * EXCLUDE (valid_from, valid_to) FROM serve.measure_quality
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY indicator_id
