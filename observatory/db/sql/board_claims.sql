-- Claims of the founding documents that bear on a board, in the order of their ids.
SELECT * FROM serve.claims
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  AND list_contains(string_split(coalesce(related_benchmark_ids, ''), ';'), $board)
ORDER BY claim_id
