-- Names of economies, provinces and organisations by id.
SELECT economy_id AS entity_id, 'economy' AS entity_kind, name_en AS name, NULL AS native_name, NULL AS native_language,
       name_zh_hans, name_zh_hant, name_ja, name_ko
FROM serve.economies WHERE list_contains($ids, economy_id)
UNION ALL
SELECT DISTINCT org_id, 'organization', name, native_name, native_language, NULL, NULL, NULL, NULL
FROM serve.organizations WHERE list_contains($ids, org_id)
UNION ALL
SELECT subnational_id, 'province', name_en, name_native, 'zh-Hans', NULL, NULL, NULL, NULL
FROM serve.subnational WHERE list_contains($ids, subnational_id)
ORDER BY entity_id
