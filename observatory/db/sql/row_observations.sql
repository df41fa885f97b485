-- Rows of serve.observations by public id, as known on $as_of.
SELECT * FROM serve.observations
WHERE row_id IN (SELECT unnest($ids::VARCHAR[])) AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY row_id
