-- Every organisation with counts of what is on file, by table, and the date of its newest event: the way in to the
-- profiles, and what a profile need not ask for.
WITH vendors AS (
  SELECT DISTINCT n.org_id FROM serve.names n
  JOIN (SELECT DISTINCT trim(unnest(string_split(lower(vendor), '/'))) AS name FROM serve.supercomputers) v ON v.name = lower(n.name)
  WHERE n.kind <> 'ticker'
),
things AS (
  SELECT org_id, 'models' AS what, count(*) AS n FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT org_id, 'deals', count(DISTINCT deal_id) FROM serve.deals WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT party_id, 'parts', count(DISTINCT deal_id) FROM serve.deal_parties GROUP BY party_id
  UNION ALL SELECT org_id, 'stages', count(DISTINCT event_id) FROM serve.ipo_events WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT entity_id, 'values', sum(n_rows) FROM serve.entity_sources WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY entity_id
  UNION ALL SELECT org_id, 'results', count(*) FROM serve.benchmark_results WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT org_id, 'chips', count(*) FROM serve.chips WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT owner_org_id, 'clusters', count(*) FROM serve.clusters WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY owner_org_id
  UNION ALL SELECT site_org_id, 'systems', count(*) FROM serve.supercomputers WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY site_org_id
  UNION ALL SELECT org_id, 'systems', 1 FROM vendors
  UNION ALL SELECT issuer_org_id, 'policies', count(*) FROM serve.policies WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY issuer_org_id
  UNION ALL SELECT party_id, 'policies', count(*) FROM serve.policy_parties GROUP BY party_id
),
counted AS (PIVOT things ON what IN ('models', 'deals', 'parts', 'stages', 'values', 'results', 'chips', 'clusters', 'systems', 'policies')
            USING sum(n) GROUP BY org_id),
news AS (
  SELECT org_id, max(date_start) AS newest FROM serve.events
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND date_start <= $today GROUP BY org_id
)
SELECT g.org_id, g.name, g.native_name, g.native_language, g.economy_id, g.kind, g.stack_layer, g.tickers,
       coalesce(c.models, 0) AS n_models, coalesce(c.deals, 0) AS n_deals, coalesce(c.parts, 0) AS n_parts,
       coalesce(c.stages, 0) AS n_stages, coalesce(c."values", 0) AS n_values, coalesce(c.results, 0) AS n_results,
       coalesce(c.chips, 0) AS n_chips, coalesce(c.clusters, 0) AS n_clusters, coalesce(c.systems, 0) AS n_systems,
       coalesce(c.policies, 0) AS n_policies, news.newest
FROM serve.organizations g
LEFT JOIN counted c USING (org_id)
LEFT JOIN news USING (org_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
ORDER BY g.economy_id, news.newest DESC NULLS LAST, n_models DESC, g.name
