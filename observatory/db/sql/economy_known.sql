-- How many values of one economy were known on $as_of, how many are known at all, and when the first was.
SELECT count(*) FILTER (valid_from <= $as_of AND coalesce(valid_to > $as_of, true)) AS known, count(*) FILTER (valid_to IS NULL) AS total,
       min(known_on) AS first_known
FROM serve.observations WHERE entity_id = $economy
