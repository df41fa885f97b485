-- Everything that can be found by name, one row a thing, as known on $as_of: what it is called, whose it is, how much is on
-- file about it, and a row whose receipt says what it is.
WITH facts AS (
  SELECT org_id, sum(n)::BIGINT AS n FROM (
    SELECT org_id, 1 AS n FROM serve.models WHERE valid_to IS NULL
    UNION ALL SELECT org_id, 1 FROM serve.deals WHERE valid_to IS NULL
    UNION ALL SELECT org_id, 1 FROM serve.ipo_events WHERE valid_to IS NULL
    UNION ALL SELECT org_id, 1 FROM serve.chips WHERE valid_to IS NULL
    UNION ALL SELECT entity_id, n_rows FROM serve.entity_sources WHERE valid_to IS NULL
    UNION ALL SELECT party_id, 1 FROM serve.deal_parties
    UNION ALL SELECT party_id, 1 FROM serve.policy_parties
    UNION ALL SELECT site_org_id, 1 FROM serve.supercomputers WHERE valid_to IS NULL
  ) GROUP BY org_id
),
results AS (SELECT model_id, count(*) AS n FROM serve.benchmark_results WHERE valid_to IS NULL GROUP BY model_id),
boards AS (SELECT benchmark_id, count(*) AS n FROM serve.benchmark_results WHERE valid_to IS NULL GROUP BY benchmark_id),
series AS (SELECT indicator_id, n FROM serve.measure_quality WHERE valid_to IS NULL),
first AS (
  SELECT row_id, min(known_on) AS known_on FROM (
    SELECT row_id, known_on FROM serve.organizations UNION ALL SELECT row_id, known_on FROM serve.models
    UNION ALL SELECT row_id, known_on FROM serve.chips UNION ALL SELECT row_id, known_on FROM serve.policies
  ) GROUP BY row_id
)
SELECT * FROM (
SELECT 'org' AS kind, g.org_id AS id, g.name, g.native_name, g.native_language, g.economy_id, g.org_id, g.row_id,
       g.kind::VARCHAR AS sort, g.stack_layer::VARCHAR AS detail, NULL AS date, coalesce(f.n, 0) AS facts, first.known_on
FROM serve.organizations g LEFT JOIN facts f USING (org_id) JOIN first USING (row_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
UNION ALL
SELECT 'model', m.model_id, m.name, m.native_name, NULL, m.economy_id, m.org_id, m.row_id, m.modality::VARCHAR, NULL, m.released,
       coalesce(r.n, 0) + 1, first.known_on
FROM serve.models m LEFT JOIN results r USING (model_id) JOIN first USING (row_id)
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
UNION ALL
SELECT 'chip', c.chip_id, c.name, c.native_name, NULL, c.economy_id, c.org_id, c.row_id, c.chip_status::VARCHAR, NULL, c.released,
       1, first.known_on
FROM serve.chips c JOIN first USING (row_id)
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true) AND c.is_lead
UNION ALL
SELECT 'policy', p.policy_id, p.title, p.title_native, NULL, p.economy_id, p.issuer_org_id, p.row_id, p.kind::VARCHAR,
       p.policy_status::VARCHAR, p.date, p.n_sources, first.known_on
FROM serve.policies p JOIN first USING (row_id)
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true) AND p.is_lead
UNION ALL
SELECT 'benchmark', b.benchmark_id, b.name, b.native_name, NULL, NULL, NULL, NULL, b.modality::VARCHAR, b.version, NULL,
       coalesce(n.n, 0), NULL
FROM serve.benchmarks b LEFT JOIN boards n USING (benchmark_id)
UNION ALL
SELECT 'indicator', i.indicator_id, i.name, i.short_name, NULL, NULL, NULL, NULL, i.domain::VARCHAR, i.headline::VARCHAR, NULL,
       coalesce(s.n, 0), NULL
FROM serve.indicators i LEFT JOIN series s USING (indicator_id)
UNION ALL
SELECT 'economy', e.economy_id, e.name_en, NULL, NULL, e.economy_id, NULL, NULL, e.group_id::VARCHAR, e.iso2, NULL, 1, NULL
FROM serve.economies e WHERE e.group_id NOT IN ('aggregate', 'other')
UNION ALL
SELECT 'deal', d.deal_id, g.name, g.native_name, g.native_language, g.economy_id, d.org_id, d.row_id, d.kind::VARCHAR, d.round,
       d.announced, d.n_sources, d.known_on
FROM serve.deals d JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g USING (org_id)
WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true) AND d.is_lead
UNION ALL
SELECT 'listing', i.ipo_id, g.name, g.native_name, g.native_language, g.economy_id, i.org_id, i.row_id, i.stage::VARCHAR, i.exchange,
       i.stage_date, i.n_sources, i.known_on
FROM serve.ipo_events i JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g USING (org_id)
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true) AND i.is_lead
QUALIFY row_number() OVER (PARTITION BY i.ipo_id ORDER BY i.stage = 'rumoured', i.period_end DESC, i.event_id) = 1
UNION ALL
SELECT 'claim', c.claim_id, c.statement, NULL, NULL, NULL, NULL, c.row_id, c.verdict::VARCHAR, NULL, NULL, 1, c.known_on
FROM serve.claims c WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
)
ORDER BY list_position(['org', 'model', 'chip', 'policy', 'benchmark', 'indicator', 'economy', 'deal', 'listing', 'claim'], kind), id, row_id
