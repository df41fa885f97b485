-- Benchmarks, leaderboards and their parts
SELECT benchmark_id, name, native_name, version, metric, unit, higher_is_better, language_scope, modality, subject,
       comparable_over_time, comparability_note, definition, source_id
FROM core.benchmarks
