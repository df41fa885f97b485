-- Every day on which a row became known or its status word changed, up to $as_of.
WITH rows AS (
  SELECT DISTINCT row_id, 'observations' AS table_name, source_id, indicator_id AS subject_id, entity_id, period FROM serve.observations
  UNION ALL SELECT DISTINCT row_id, 'deals', source_id, deal_id, org_id, announced FROM serve.deals
  UNION ALL SELECT DISTINCT row_id, 'ipo_events', source_id, ipo_id, org_id, stage_date FROM serve.ipo_events
  UNION ALL SELECT DISTINCT row_id, 'models', source_id, model_id, org_id, released FROM serve.models
  UNION ALL SELECT DISTINCT row_id, 'benchmark_results', source_id, benchmark_id, model_id, as_of FROM serve.benchmark_results
  UNION ALL SELECT DISTINCT row_id, 'chips', source_id, chip_id, org_id, released FROM serve.chips
  UNION ALL SELECT DISTINCT row_id, 'clusters', source_id, cluster_id, owner_org_id, date FROM serve.clusters
  UNION ALL SELECT DISTINCT row_id, 'supercomputers', source_id, system, site_org_id, list_date FROM serve.supercomputers
  UNION ALL SELECT DISTINCT row_id, 'policies', source_id, policy_id, economy_id, date FROM serve.policies
  UNION ALL SELECT DISTINCT row_id, 'organizations', source_id, org_id, org_id, NULL FROM serve.organizations
  UNION ALL SELECT DISTINCT row_id, 'fx_rates', source_id, currency, NULL, period FROM serve.fx_rates
), things AS (
  -- Earlier states of a row may name another source: one of them stands for the row.
  SELECT DISTINCT ON (row_id) * FROM rows ORDER BY row_id, source_id
), steps AS (
  SELECT row_id, valid_from AS day, status, status_reason,
         lag(status) OVER (PARTITION BY row_id ORDER BY valid_from) AS earlier_status
  FROM serve.states
)
SELECT p.day, CASE WHEN p.earlier_status IS NULL THEN 'new' ELSE 'status' END AS change, r.table_name, p.row_id, r.subject_id,
       r.entity_id, r.period, p.status, p.status_reason, p.earlier_status,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM steps p JOIN things r USING (row_id) JOIN serve.sources s ON s.source_id = r.source_id
WHERE p.day <= $as_of AND p.status IS DISTINCT FROM p.earlier_status
