-- Scores and ranks of models on boards and dates, as known on $as_of.
SELECT r.row_id, r.benchmark_id, r.model_id, r.model_name, r.org_id, r.economy_id, r.score, r.rank, r.ci_low, r.ci_high,
       r.as_of AS board_date, r.period_start, r.period_end, r.period_precision, r.status, r.status_reason, r.confidence,
       r.known_on, r.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.benchmark_results r JOIN serve.sources s USING (source_id)
WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true)
