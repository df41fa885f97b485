-- Organisations on file by economy and layer of the stack, as known on $as_of.
SELECT economy_id, stack_layer AS layer, count(DISTINCT org_id) AS n
FROM serve.organizations
WHERE stack_layer IS NOT NULL AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
GROUP BY ALL
ORDER BY economy_id, layer
