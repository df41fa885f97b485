-- What layers rest on, as known on $as_of: one row for each chip, listed system, cluster, plan, model and partner.
WITH orgs AS (
  SELECT org_id, any_value(name) AS org_name, any_value(economy_id) AS home, any_value(stack_layer)::VARCHAR AS org_layer
  FROM serve.organizations GROUP BY org_id
), lists AS (
  SELECT max(list_date) AS newest FROM serve.supercomputers WHERE valid_from <= $as_of
), hosts AS (
  SELECT DISTINCT deal_id, host_economy FROM serve.deals
  WHERE host_economy IS NOT NULL AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
)
SELECT 'foundries' AS way, 'chips' AS layer, h.row_id, h.name, h.org_id, h.economy_id, h.foundry AS text, h.released AS said,
       h.status::VARCHAR AS status, h.source_id, h.known_on, h.note
FROM serve.chips h WHERE h.is_lead AND h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'listed' AS way, 'compute' AS layer, s.row_id, s.system AS name, s.site_org_id AS org_id, s.economy_id, s.accelerator AS text,
       s.list_date AS said, s.status::VARCHAR AS status, s.source_id, s.known_on, s.note
FROM serve.supercomputers s, lists WHERE s.list_date = lists.newest AND s.valid_from <= $as_of AND coalesce(s.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'clusters' AS way, 'compute' AS layer, k.row_id, k.name, k.owner_org_id AS org_id, k.economy_id, k.chip AS text, k.date AS said,
       k.status::VARCHAR AS status, k.source_id, k.known_on, k.note
FROM serve.clusters k
WHERE k.cluster_status IN ('operational', 'under_construction') AND k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'owners' AS way, 'compute' AS layer, k.row_id, k.name, k.owner_org_id AS org_id, k.economy_id, o.org_name AS text,
       k.owner_org_id AS supplier, o.home AS supplier_economy, k.date AS said,
       k.status::VARCHAR AS status, k.source_id, k.known_on, k.note
FROM serve.clusters k LEFT JOIN orgs o ON o.org_id = k.owner_org_id
WHERE k.cluster_status IN ('operational', 'under_construction') AND k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'plans' AS way, 'compute' AS layer, d.row_id, o.org_name AS name, d.org_id, t.host_economy AS economy_id, o.org_name AS text,
       d.org_id AS supplier, o.home AS supplier_economy, d.announced AS said, d.status::VARCHAR AS status, d.source_id, d.known_on, d.note
FROM serve.deals d JOIN hosts t USING (deal_id) JOIN orgs o ON o.org_id = d.org_id
WHERE d.kind = 'capex_plan' AND d.is_lead AND d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'weights' AS way, 'models' AS layer, m.row_id, m.name, m.org_id, m.economy_id, m.name AS text, m.released AS said,
       m.status::VARCHAR AS status, m.source_id, m.known_on, m.note
FROM serve.models m WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'partners' AS way, coalesce(o.org_layer, '') AS layer, p.row_id, p.title AS name, a.party_id AS org_id, p.economy_id,
       o.org_name AS text, a.party_id AS supplier, o.home AS supplier_economy, p.date AS said,
       p.status::VARCHAR AS status, p.source_id, p.known_on, p.note
FROM serve.policies p
JOIN (SELECT DISTINCT policy_id, party_id FROM serve.policy_parties
      WHERE party_kind = 'organization' AND role IN ('partner', 'signatory')) a USING (policy_id)
JOIN orgs o ON o.org_id = a.party_id
WHERE p.is_lead AND o.home <> p.economy_id AND o.home <> 'INT' AND p.economy_id <> 'INT'
  AND p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
ORDER BY way, economy_id, name, row_id
