-- Further names of what can be found: names, brands, former names and tickers of organisations, other names of models,
-- names of economies.
SELECT 'org' AS kind, org_id AS id, language, name, kind::VARCHAR AS name_kind FROM serve.names
UNION ALL SELECT 'model', model_id, language, name, kind::VARCHAR FROM serve.model_names
UNION ALL SELECT 'economy', economy_id, language, name, 'official'
FROM (UNPIVOT (SELECT economy_id, name_en AS "en", name_zh_hans AS "zh-Hans", name_zh_hant AS "zh-Hant", name_ja AS "ja", name_ko AS "ko"
               FROM serve.economies) ON "en", "zh-Hans", "zh-Hant", "ja", "ko" INTO NAME language VALUE name)
ORDER BY kind, id, language, name
