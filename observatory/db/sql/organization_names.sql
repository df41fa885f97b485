-- Names of one organisation; and its subsidiaries under kind 'subsidiary'.
SELECT language, name, kind::VARCHAR AS kind, NULL AS org_id FROM serve.names WHERE org_id = $org
UNION ALL
SELECT DISTINCT native_language, name, 'subsidiary', org_id FROM serve.organizations WHERE parent_org_id = $org
ORDER BY kind, language, name
