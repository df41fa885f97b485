-- Spans of boards inside which levels may be compared, and gaps, by board and start.
SELECT * FROM serve.scale_blocks ORDER BY benchmark_id, starts
