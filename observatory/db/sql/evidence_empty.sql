-- How many rows known by $as_of leave a column empty that their texts could not fill.
SELECT 'policies' AS table_name, 'policy_topics' AS what, count(*) AS total,
       count(*) FILTER (policy_id NOT IN (SELECT policy_id FROM serve.policy_topics)) AS empty
FROM (SELECT DISTINCT policy_id FROM serve.policies WHERE known_on <= $as_of)
UNION ALL
SELECT 'policies', 'policy_parties', count(*), count(*) FILTER (policy_id NOT IN (SELECT policy_id FROM serve.policy_parties))
FROM (SELECT DISTINCT policy_id FROM serve.policies WHERE known_on <= $as_of)
UNION ALL
SELECT 'policies', 'policy_relations', count(*), count(*) FILTER (policy_id NOT IN (SELECT policy_id FROM serve.policy_links))
FROM (SELECT DISTINCT policy_id FROM serve.policies WHERE known_on <= $as_of)
UNION ALL
SELECT 'policies', 'effective_from', count(*), count(*) FILTER (NOT there)
FROM (SELECT policy_id, bool_or(effective_from IS NOT NULL) AS there FROM serve.policies WHERE known_on <= $as_of GROUP BY policy_id)
UNION ALL
SELECT 'policies', 'issuer_org_id', count(*), count(*) FILTER (NOT there)
FROM (SELECT policy_id, bool_or(issuer_org_id IS NOT NULL) AS there FROM serve.policies WHERE known_on <= $as_of GROUP BY policy_id)
UNION ALL
SELECT 'deals', 'deal_parties', count(*), count(*) FILTER (NOT EXISTS (
  SELECT 1 FROM serve.deal_parties p WHERE p.deal_id = d.deal_id AND p.party_id IS NOT NULL AND p.role IN ('payer', 'investor')))
FROM (SELECT DISTINCT deal_id FROM serve.deals WHERE known_on <= $as_of) d
UNION ALL
SELECT 'deals', 'amount', count(*), count(*) FILTER (NOT there)
FROM (SELECT deal_id, bool_or(amount IS NOT NULL OR amount_usd_m IS NOT NULL) AS there FROM serve.deals WHERE known_on <= $as_of GROUP BY deal_id)
UNION ALL
SELECT 'deals', 'host_economy', count(*), count(*) FILTER (NOT there)
FROM (SELECT deal_id, bool_or(host_economy IS NOT NULL) AS there FROM serve.deals WHERE known_on <= $as_of GROUP BY deal_id)
UNION ALL
SELECT 'models', 'released', count(*), count(*) FILTER (released IS NULL)
FROM (SELECT DISTINCT model_id, released FROM serve.models WHERE known_on <= $as_of)
UNION ALL
SELECT 'models', 'params_b', count(*), count(*) FILTER (params_b IS NULL)
FROM (SELECT DISTINCT model_id, params_b FROM serve.models WHERE known_on <= $as_of)
UNION ALL
SELECT 'models', 'open_weights', count(*), count(*) FILTER (open_weights IS NULL)
FROM (SELECT DISTINCT model_id, open_weights FROM serve.models WHERE known_on <= $as_of)
UNION ALL
SELECT 'benchmark_results', 'model_id', count(*), count(*) FILTER (model_id IS NULL)
FROM (SELECT DISTINCT row_id, model_id FROM serve.benchmark_results WHERE known_on <= $as_of)
UNION ALL
SELECT 'clusters', 'power_mw', count(*), count(*) FILTER (power_mw IS NULL)
FROM (SELECT DISTINCT cluster_id, power_mw FROM serve.clusters WHERE known_on <= $as_of)
UNION ALL
SELECT 'sources', 'published', count(*), count(*) FILTER (published IS NULL) FROM serve.sources
UNION ALL
SELECT 'sources', 'language', count(*), count(*) FILTER (language IS NULL) FROM serve.sources
