-- Every value of every source of a measure, as known on a day.
SELECT *
FROM serve.observations
WHERE
    indicator_id = $indicator
    AND valid_from <= $as_of AND (valid_to IS NULL OR valid_to > $as_of)
ORDER BY entity_id, period_end, source_id
