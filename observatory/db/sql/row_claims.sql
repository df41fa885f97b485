-- Rows of serve.claims by public id, as known on $as_of.
SELECT * FROM serve.claims
WHERE list_contains($ids, row_id) AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY row_id
