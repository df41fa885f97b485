-- Scores of models and firms on boards, as known on $as_of.
SELECT r.row_id, r.place, r.benchmark_id, b.name AS benchmark, b.metric, b.unit, b.modality, b.language_scope, r.model_id,
       r.model_name, r.org_id, g.name AS org, r.economy_id, [r.economy_id] AS places, r.score, r.rank, r.ci_low, r.ci_high,
       r.as_of AS board_date, r.period_start, r.period_end, r.status, r.status_reason, r.confidence, r.source_id, r.locator,
       r.note, r.known_on,
       concat_ws(' ', b.name, b.native_name, b.metric, r.benchmark_id, r.model_id, r.model_name, g.name, g.native_name, r.as_of,
                 r.locator, r.note) AS search
FROM serve.benchmark_results r
JOIN serve.benchmarks b USING (benchmark_id)
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = r.org_id
WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true)
