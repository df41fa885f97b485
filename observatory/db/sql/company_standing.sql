-- Best placed model of one maker on each board's latest date with it: place among the entries on file (ties share a place),
-- size and best of the board, highest rank printed there, so that a part of a board is not taken for the whole.
WITH visible AS (
  SELECT r.*, b.higher_is_better FROM serve.benchmark_results r JOIN serve.benchmarks b USING (benchmark_id)
  WHERE r.valid_from <= $as_of AND coalesce(r.valid_to > $as_of, true) AND r.score IS NOT NULL AND r.status <> 'superseded'
),
latest AS (
  SELECT benchmark_id, arg_max(as_of, period_end) AS as_of FROM visible WHERE org_id = $org GROUP BY benchmark_id
),
board AS (
  SELECT v.*, CASE WHEN v.higher_is_better THEN -v.score ELSE v.score END AS order_key,
         rank() OVER (PARTITION BY v.benchmark_id ORDER BY CASE WHEN v.higher_is_better THEN -v.score ELSE v.score END) AS board_place,
         count(*) OVER (PARTITION BY v.benchmark_id, CASE WHEN v.higher_is_better THEN -v.score ELSE v.score END) AS tied,
         count(*) OVER (PARTITION BY v.benchmark_id) AS board_size,
         max(v.rank) OVER (PARTITION BY v.benchmark_id) AS last_rank
  FROM visible v JOIN latest l USING (benchmark_id, as_of)
),
best AS (
  SELECT * FROM board WHERE board_place = 1 QUALIFY row_number() OVER (PARTITION BY benchmark_id ORDER BY row_id) = 1
)
SELECT x.benchmark_id, b.name AS benchmark_name, b.native_name AS benchmark_native_name, b.unit, b.metric, b.higher_is_better,
       b.language_scope, b.modality, b.subject, b.comparability_note, x.as_of, x.period_end, x.model_name, x.model_id,
       x.score, x.rank, x.ci_low, x.ci_high, x.board_place, x.tied, x.board_size, x.last_rank, x.row_id, x.status, x.source_id,
       x.note, top.model_name AS top_model, top.score AS top_score, top.row_id AS top_row_id, top.org_id AS top_org_id
FROM board x
JOIN serve.benchmarks b USING (benchmark_id)
JOIN best top USING (benchmark_id)
WHERE x.org_id = $org
QUALIFY row_number() OVER (PARTITION BY x.benchmark_id ORDER BY x.board_place, x.row_id) = 1
ORDER BY x.period_end DESC, x.board_size DESC, x.benchmark_id
