-- One row: how much the site holds as known on $as_of.
SELECT count(*) AS observations, count(DISTINCT o.indicator_id) AS indicators, count(DISTINCT o.source_id) AS sources,
       (SELECT count(*) FROM serve.economies WHERE in_scope) AS economies,
       (SELECT count(*) FROM serve.sources) AS all_sources,
       (SELECT data_date FROM serve.build) AS data_date, (SELECT build_id FROM serve.build) AS build_id
FROM serve.observations o
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
