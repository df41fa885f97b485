-- Every source on which something rests by $as_of, with how many rows of each table rest on it.
WITH rests AS (
  SELECT source_id, 'deals' AS kind, row_id FROM serve.deals WHERE known_on <= $as_of
  UNION SELECT source_id, 'ipo_events', row_id FROM serve.ipo_events WHERE known_on <= $as_of
  UNION SELECT source_id, 'models', row_id FROM serve.models WHERE known_on <= $as_of
  UNION SELECT source_id, 'models', row_id FROM serve.model_sources WHERE known_on <= $as_of
  UNION SELECT source_id, 'benchmark_results', row_id FROM serve.benchmark_results WHERE known_on <= $as_of
  UNION SELECT source_id, 'chips', row_id FROM serve.chips WHERE known_on <= $as_of
  UNION SELECT source_id, 'supercomputers', row_id FROM serve.supercomputers WHERE known_on <= $as_of
  UNION SELECT source_id, 'clusters', row_id FROM serve.clusters WHERE known_on <= $as_of
  UNION SELECT source_id, 'policies', row_id FROM serve.policies WHERE known_on <= $as_of
  UNION SELECT source_id, 'claims', row_id FROM serve.claims WHERE valid_from <= $as_of
  UNION SELECT second_source_id, 'claims', row_id FROM serve.claims WHERE valid_from <= $as_of AND second_source_id IS NOT NULL
  UNION SELECT source_id, 'fx_rates', row_id FROM serve.fx_rates WHERE known_on <= $as_of
  UNION SELECT source_id, 'organizations', row_id FROM serve.organizations WHERE known_on <= $as_of
  UNION SELECT b.source_id, 'boards', b.benchmark_id FROM serve.benchmarks b
    JOIN serve.benchmark_results r ON r.benchmark_id = b.benchmark_id AND r.known_on <= $as_of
), every AS (
  SELECT source_id, kind, 1 AS n FROM rests
  UNION ALL SELECT source_id, 'observations', n_rows FROM serve.source_days WHERE known_on <= $as_of
), counted AS (
  SELECT source_id, coalesce(sum(n) FILTER (kind <> 'boards'), 0)::BIGINT AS n, count(*) FILTER (kind = 'boards') AS boards,
         coalesce(sum(n) FILTER (kind = 'observations'), 0)::BIGINT AS observations,
         count(*) FILTER (kind = 'deals') AS deals, count(*) FILTER (kind = 'ipo_events') AS ipo_events,
         count(*) FILTER (kind = 'models') AS models, count(*) FILTER (kind = 'benchmark_results') AS benchmark_results,
         count(*) FILTER (kind = 'chips') AS chips, count(*) FILTER (kind = 'supercomputers') AS supercomputers,
         count(*) FILTER (kind = 'clusters') AS clusters, count(*) FILTER (kind = 'policies') AS policies,
         count(*) FILTER (kind = 'claims') AS claims, count(*) FILTER (kind = 'fx_rates') AS fx_rates,
         count(*) FILTER (kind = 'organizations') AS organizations
  FROM every GROUP BY source_id
)
SELECT s.source_id, s.title, s.publisher, s.origin, s.edition, s.url, s.published, s.read_on, s.source_kind::VARCHAR AS source_kind,
       s.language, s.licence, s.reuse::VARCHAR AS reuse, s.attribution, s.note, c.* EXCLUDE (source_id)
FROM serve.sources s JOIN counted c USING (source_id)
ORDER BY c.n DESC, s.source_id
