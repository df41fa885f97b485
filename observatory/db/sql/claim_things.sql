-- What claims point at besides economies and organisations: kind, id, a row to open, name, whose it is.
WITH wanted AS (
  SELECT 'policy' AS kind, unnest(string_split(related_policy_ids, ';')) AS id FROM serve.claims
  UNION SELECT 'listing', unnest(string_split(related_ipo_ids, ';')) FROM serve.claims
  UNION SELECT 'deal', unnest(string_split(related_deal_ids, ';')) FROM serve.claims
  UNION SELECT 'benchmark', unnest(string_split(related_benchmark_ids, ';')) FROM serve.claims
  UNION SELECT 'model', unnest(string_split(related_model_ids, ';')) FROM serve.claims
  UNION SELECT 'indicator', unnest(string_split(related_indicator_ids, ';')) FROM serve.claims
), orgs AS (SELECT DISTINCT org_id, name, economy_id FROM serve.organizations
), found AS (
  SELECT 'policy' AS kind, policy_id AS id, row_id, title AS name, issuer_org_id AS org_id, economy_id, is_lead,
         valid_from, valid_to FROM serve.policies
  UNION ALL
  SELECT 'listing', ipo_id, row_id, orgs.name || ', ' || exchange, org_id, orgs.economy_id, is_lead, valid_from, valid_to
  FROM serve.ipo_events JOIN orgs USING (org_id)
  UNION ALL
  SELECT 'deal', deal_id, row_id, orgs.name, org_id, orgs.economy_id, is_lead, valid_from, valid_to
  FROM serve.deals JOIN orgs USING (org_id)
  UNION ALL
  SELECT 'model', model_id, row_id, name, org_id, economy_id, true, valid_from, valid_to FROM serve.models
  UNION ALL
  SELECT 'benchmark', benchmark_id, '', name, NULL, NULL, true, DATE '2000-01-01', NULL FROM serve.benchmarks
  UNION ALL
  SELECT 'indicator', indicator_id, '', name, NULL, NULL, true, DATE '2000-01-01', NULL FROM serve.indicators
)
SELECT kind, id, arg_min(row_id, (NOT is_lead, valid_from, row_id)) AS row_id,
       arg_min(name, (NOT is_lead, valid_from, row_id)) AS name, any_value(org_id) AS org_id,
       any_value(economy_id) AS economy_id
FROM found JOIN wanted USING (kind, id)
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
GROUP BY kind, id
ORDER BY kind, id
