-- Results of benchmarks in some languages (their scope as it stands in the data), as known on $as_of.
SELECT r.row_id, r.benchmark_id, r.model_id, r.model_name, r.org_id, r.economy_id, r.score, r.as_of AS period,
       r.period_end, r.status, r.source_id, r.known_on, b.name AS benchmark, b.language_scope, b.metric, b.unit,
       b.higher_is_better, b.comparable_over_time,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.benchmark_results r
JOIN serve.benchmarks b ON b.benchmark_id = r.benchmark_id
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g ON g.org_id = r.org_id
WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true)
  AND b.subject = 'model' AND r.score IS NOT NULL AND list_contains($scopes, lower(b.language_scope))
ORDER BY r.benchmark_id, r.period_end, r.row_id
