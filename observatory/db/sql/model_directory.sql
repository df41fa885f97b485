-- Every model with its maker, how many scores are on file of it, and its other names.
WITH scores AS (
  SELECT model_id, count(*) AS n_scores, count(DISTINCT benchmark_id) AS n_boards FROM serve.benchmark_results
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND status <> 'superseded' AND model_id IS NOT NULL
  GROUP BY model_id
),
names AS (SELECT model_id, string_agg(name, ' ' ORDER BY name) AS other_names FROM serve.model_names GROUP BY model_id)
SELECT m.*, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language,
       coalesce(s.n_scores, 0) AS n_scores, coalesce(s.n_boards, 0) AS n_boards, coalesce(n.other_names, '') AS other_names
FROM serve.models m
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g USING (org_id)
LEFT JOIN scores s USING (model_id)
LEFT JOIN names n USING (model_id)
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
ORDER BY m.period_end DESC NULLS LAST, m.name, m.model_id
