-- Rows of serve.fx_rates by public id, as known on $as_of.
SELECT * FROM serve.fx_rates
WHERE list_contains($ids, row_id) AND known_on <= $as_of AND coalesce(replaced_on > $as_of, true)
ORDER BY row_id
