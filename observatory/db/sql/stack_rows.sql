-- Rows that signs of the stack may count, as known on $as_of, whatever their status; `is_...` are conditions.
WITH orgs AS (
  SELECT org_id, any_value(name) AS org_name, any_value(economy_id) AS home, any_value(stack_layer)::VARCHAR AS org_layer
  FROM serve.organizations GROUP BY org_id
)
SELECT 'chips' AS source_table, h.row_id, h.chip_id AS id, h.chip_id, h.name, h.org_id, o.org_name, h.economy_id,
       h.released AS said, h.period_end, h.status::VARCHAR AS status, h.source_id, h.known_on, h.note,
       h.kind::VARCHAR AS is_kind, h.chip_status::VARCHAR AS is_status, h.not_compared, h.memory_bandwidth_gbs, h.fp16_tflops
FROM serve.chips h LEFT JOIN orgs o USING (org_id)
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'clusters' AS source_table, k.row_id, k.cluster_id AS id, k.cluster_id, k.name, k.owner_org_id, k.owner_org_id AS org_id,
       o.org_name, k.economy_id, k.date AS said, k.period_end, k.status::VARCHAR AS status, k.source_id, k.known_on, k.note,
       k.cluster_status::VARCHAR AS is_status, CASE WHEN o.home = k.economy_id THEN 'home' END AS is_owner,
       k.h100_equivalents, k.power_mw
FROM serve.clusters k LEFT JOIN orgs o ON o.org_id = k.owner_org_id
WHERE k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'models' AS source_table, m.row_id, m.model_id AS id, m.model_id, m.name, m.org_id, o.org_name, m.economy_id,
       m.released AS said, m.period_end, m.status::VARCHAR AS status, m.source_id, m.known_on, m.note,
       m.open_weights::VARCHAR AS is_open_weights, m.modality::VARCHAR AS is_modality, m.params_b
FROM serve.models m LEFT JOIN orgs o USING (org_id)
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'ipo_events' AS source_table, i.row_id, i.ipo_id AS id, i.ipo_id, o.org_name AS name, i.org_id, o.org_name,
       o.home AS economy_id, i.stage_date AS said, i.period_end, i.status::VARCHAR AS status, i.source_id, i.known_on, i.note,
       i.stage::VARCHAR AS is_stage, o.org_layer AS is_org_layer
FROM serve.ipo_events i JOIN orgs o USING (org_id)
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'deals' AS source_table, d.row_id, d.deal_id AS id, d.deal_id, o.org_name AS name, d.org_id, o.org_name,
       o.home AS economy_id, d.announced AS said, d.period_end, d.status::VARCHAR AS status, d.source_id, d.known_on, d.note,
       d.kind::VARCHAR AS is_kind, d.commitment::VARCHAR AS is_commitment, o.org_layer AS is_org_layer, d.amount_usd_m
FROM serve.deals d JOIN orgs o USING (org_id)
WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
UNION ALL BY NAME
SELECT 'policies' AS source_table, p.row_id, p.policy_id AS id, p.policy_id, p.title AS name, p.issuer_org_id AS org_id, o.org_name,
       p.economy_id, p.date AS said, p.period_end, p.status::VARCHAR AS status, p.source_id, p.known_on, p.note,
       p.kind::VARCHAR AS is_kind, p.policy_status::VARCHAR AS is_status, p.actor::VARCHAR AS is_actor
FROM serve.policies p LEFT JOIN orgs o ON o.org_id = p.issuer_org_id
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
ORDER BY source_table, id, row_id
