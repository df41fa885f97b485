-- Sources that something known on $as_of rests on, and those read by then, with how many rows rest on each.
WITH rests AS (
  SELECT source_id, first_known AS known_on, n_rows AS n FROM serve.entity_sources WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.deals WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.ipo_events WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.benchmark_results WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.chips WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.clusters WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.supercomputers WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.policies WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.claims WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT source_id, known_on, 1 FROM serve.organizations WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
), counts AS (SELECT source_id, sum(n)::BIGINT AS n, min(known_on) AS first_known FROM rests GROUP BY source_id)
SELECT s.row_id, s.place, s.source_id, s.edition, coalesce(c.n, 0) AS rows_on_file, c.first_known AS known_on, s.language,
       s.redistribute, s.note, CAST([] AS VARCHAR[]) AS places,
       concat_ws(' ', s.source_id, s.url, s.edition, s.licence, s.attribution, s.note) AS search
FROM serve.sources s
LEFT JOIN counts c USING (source_id)
WHERE c.n > 0 OR TRY_CAST(left(s.read_on, 10) AS DATE) <= $as_of
