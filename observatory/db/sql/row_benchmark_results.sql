-- Rows of serve.benchmark_results by public id, as known on $as_of.
SELECT * FROM serve.benchmark_results
WHERE list_contains($ids, row_id) AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
ORDER BY row_id
