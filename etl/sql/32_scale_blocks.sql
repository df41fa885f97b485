-- Spans of a board inside which levels may be compared, with the gaps between them
SELECT row_id, place, benchmark_id, starts, ends, kind, clock, dates, coverage, whole_from, why, series, because
FROM core.scale_blocks
