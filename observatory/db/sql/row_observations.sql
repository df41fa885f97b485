-- Rows of serve.observations by public id, as known on $as_of. Their measures come first: by these the rows lie in order.
WITH asked AS MATERIALIZED (SELECT row_id, indicator_id FROM serve.row_keys WHERE row_id IN (SELECT unnest($ids::VARCHAR[])))
SELECT * FROM serve.observations
WHERE indicator_id IN (SELECT indicator_id FROM asked) AND row_id IN (SELECT row_id FROM asked)
  AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY row_id
