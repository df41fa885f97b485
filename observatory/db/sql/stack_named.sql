-- Organisations and listed systems that stand behind cells of the stack, as known on $as_of.
SELECT 'organizations' AS source_table, row_id, org_id AS id, org_id, name, native_name, native_language, economy_id,
       stack_layer::VARCHAR AS layer, kind::VARCHAR AS sort, NULL AS said, status::VARCHAR AS status, source_id
FROM serve.organizations
WHERE stack_layer IS NOT NULL AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'supercomputers' AS source_table, row_id, system AS id, site_org_id AS org_id, system AS name, economy_id,
       'compute' AS layer, NULL AS sort, list_date AS said, status::VARCHAR AS status, source_id
FROM serve.supercomputers
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  AND list_date = (SELECT max(list_date) FROM serve.supercomputers WHERE valid_from <= $as_of)
ORDER BY source_table, name, row_id
