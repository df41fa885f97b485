-- Where a word of an observation may stand besides its own columns: the names of its measure, of whom it is of, of its source
SELECT 'indicator_id' AS kind, indicator_id AS id, concat_ws(' ', name, short_name, indicator_id, publisher) AS text
FROM serve.indicators
UNION ALL
SELECT 'entity_id', economy_id, concat_ws(' ', economy_id, name_en, name_zh_hans, name_zh_hant, name_ja, name_ko)
FROM serve.economies
UNION ALL
SELECT 'entity_id', subnational_id, concat_ws(' ', subnational_id, name_en, name_native) FROM serve.subnational
UNION ALL
SELECT 'entity_id', org_id, concat_ws(' ', org_id, any_value(name), any_value(native_name))
FROM serve.organizations GROUP BY org_id
UNION ALL
SELECT 'source_id', source_id, concat_ws(' ', title, publisher, origin) FROM serve.sources
