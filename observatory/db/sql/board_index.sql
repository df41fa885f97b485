-- Every benchmark with what is on file of it: scores, dates, models of how many economies, intervals.
WITH visible AS (
  SELECT * FROM serve.benchmark_results
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND status <> 'superseded'
)
SELECT b.*, o.origin, count(v.row_id) AS n_rows, count(DISTINCT v.as_of) AS n_dates,
       arg_min(v.as_of, v.period_end) AS first_date, arg_max(v.as_of, v.period_end) AS last_date,
       max(v.period_end) AS last_day, count(DISTINCT v.economy_id) AS n_economies,
       count(v.ci_low) AS n_intervals,
       count(*) FILTER (WHERE v.note LIKE 'vendor-reported%' OR v.note LIKE 'self-reported%') AS n_self_reported
FROM serve.benchmarks b
JOIN serve.sources o USING (source_id)
LEFT JOIN visible v ON v.benchmark_id = b.benchmark_id
GROUP BY ALL
ORDER BY b.benchmark_id
