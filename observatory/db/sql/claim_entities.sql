-- Names of the economies and organisations that claims name.
SELECT economy_id AS entity_id, name_en AS name FROM serve.economies WHERE list_contains($ids, economy_id)
UNION ALL
SELECT DISTINCT org_id, name FROM serve.organizations WHERE list_contains($ids, org_id)
ORDER BY entity_id
