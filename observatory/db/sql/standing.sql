-- Where one maker's models stand: on each board's latest date with them, its best and the board's best and size.
WITH visible AS (
  SELECT * FROM serve.benchmark_results
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND score IS NOT NULL
),
latest AS (
  SELECT benchmark_id, max(as_of) AS as_of FROM visible WHERE org_id = $org GROUP BY benchmark_id
),
board AS (
  SELECT v.*, b.higher_is_better,
         row_number() OVER (PARTITION BY v.benchmark_id ORDER BY CASE WHEN b.higher_is_better THEN -v.score ELSE v.score END, v.row_id) AS place_on_board,
         count(*) OVER (PARTITION BY v.benchmark_id) AS board_size
  FROM visible v JOIN latest l USING (benchmark_id, as_of) JOIN serve.benchmarks b USING (benchmark_id)
)
SELECT x.benchmark_id, b.name AS benchmark_name, b.native_name AS benchmark_native_name, b.unit, b.metric, b.higher_is_better,
       b.language_scope, b.modality, b.comparable_over_time, x.as_of, x.model_name, x.model_id, x.score, x.rank, x.ci_low, x.ci_high,
       x.board_size, x.place_on_board, x.row_id, x.status, x.source_id, top.model_name AS top_model, top.score AS top_score,
       top.row_id AS top_row_id, top.org_id AS top_org_id, top.economy_id AS top_economy_id
FROM board x
JOIN serve.benchmarks b USING (benchmark_id)
JOIN board top ON top.benchmark_id = x.benchmark_id AND top.place_on_board = 1
WHERE x.org_id = $org
QUALIFY row_number() OVER (PARTITION BY x.benchmark_id ORDER BY x.place_on_board) = 1
ORDER BY x.as_of DESC, x.board_size DESC, x.benchmark_id
