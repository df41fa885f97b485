-- One row: how much the site holds as known on $as_of.
SELECT coalesce(sum(n_rows), 0)::BIGINT AS observations,
       (SELECT count(*) FROM serve.measure_quality WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)) AS indicators,
       count(DISTINCT source_id) AS sources,
       (SELECT count(*) FROM serve.economies WHERE in_scope) AS economies,
       (SELECT count(*) FROM serve.sources) AS all_sources,
       (SELECT data_date FROM serve.build) AS data_date, (SELECT build_id FROM serve.build) AS build_id
FROM serve.entity_sources
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
