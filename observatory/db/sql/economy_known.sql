-- How many values of one economy were known on $as_of, how many are known at all, and when the first was.
SELECT coalesce(sum(n_rows) FILTER (valid_from <= $as_of AND coalesce(valid_to > $as_of, true)), 0)::BIGINT AS known,
       coalesce(sum(n_rows) FILTER (valid_to IS NULL), 0)::BIGINT AS total, min(first_known) AS first_known
FROM serve.entity_sources WHERE entity_id = $economy
