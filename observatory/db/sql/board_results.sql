-- Scores on some boards, all where $boards is null, with their makers; later editions of the same row only.
SELECT r.row_id, r.benchmark_id, r.model_id, r.model_name, r.org_id, r.economy_id, r.score, r."rank", r.ci_low, r.ci_high,
       r.as_of, r.period_start, r.period_end, r.source_id, r.confidence, r.note, r.known_on, r.status,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language, m.name AS known_name, o.origin
FROM serve.benchmark_results r
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g USING (org_id)
LEFT JOIN (SELECT model_id, name FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)) m USING (model_id)
JOIN serve.sources o ON o.source_id = r.source_id
WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true) AND r.status <> 'superseded'
  AND ($boards IS NULL OR list_contains($boards, r.benchmark_id)) AND ($model IS NULL OR r.model_id = $model)
ORDER BY r.benchmark_id, r.period_end, r.row_id
