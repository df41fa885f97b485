-- Economies and aggregates; names and groups are the observatory's own.
SELECT economy_id, iso2, group_id, in_scope, name_en, name_zh_hans, name_zh_hant, name_ja, name_ko, currency, subregion,
       'CC BY 4.0' AS source_licence, 'open' AS reuse
FROM serve.economies
