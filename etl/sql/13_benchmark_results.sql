-- Scores of models on boards and dates
SELECT r.row_id, r.place, r.benchmark_id, r.model_id, r.model_name, r.org_id, r.economy_id, r.score, r.rank, r.ci_low,
       r.ci_high, r.as_of, r.period_start, r.period_end, r.period_precision, r.source_id, r.locator, r.confidence,
       r.note, r.known_on, t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.benchmark_results r
JOIN core.row_status t USING (row_id)
