-- Names of all boards by id.
SELECT benchmark_id, coalesce(name || CASE WHEN version IS NULL THEN '' ELSE ' ' || version END, benchmark_id) AS name
FROM serve.benchmarks ORDER BY benchmark_id
