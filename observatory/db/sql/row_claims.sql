-- Rows of serve.claims by public id, as known on $as_of.
SELECT * FROM serve.claims WHERE list_contains($ids, row_id) AND known_on <= $as_of ORDER BY row_id
