-- Benchmarks, leaderboards and their parts; definitions are the observatory's own words.
SELECT b.benchmark_id, b.name, b.native_name, b.version, b.metric, b.unit, b.higher_is_better, b.language_scope, b.modality,
       b.subject, b.comparable_over_time, b.comparability_note, b.definition, b.source_id, s.title AS source_title,
       s.publisher AS source_publisher, s.url AS source_url, 'CC BY 4.0' AS source_licence, 'open' AS reuse
FROM serve.benchmarks b LEFT JOIN serve.sources s USING (source_id)
