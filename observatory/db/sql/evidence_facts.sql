-- Every row that says something of a thing, as known on $as_of, in one shape; of one source or all, known from $since on;
-- without $values those of all tables but observations.
WITH facts AS (
  SELECT 'observations' AS kind, row_id, CASE WHEN e.economy_id IS NOT NULL OR o.entity_id LIKE 'CN-%' THEN o.entity_id END AS economy_id,
         CASE WHEN e.economy_id IS NULL AND o.entity_id NOT LIKE 'CN-%' THEN o.entity_id END AS org_id,
         o.indicator_id, NULL AS thing_id, NULL AS title, o.period AS date, o.value AS amount, o.value_text AS text, o.unit, NULL::DOUBLE AS usd,
         CASE WHEN o.is_forecast THEN 'forecast' END AS state, o.status, o.source_id, o.known_on
  FROM serve.observations o LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
  WHERE $values AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
  UNION ALL
  SELECT 'deals', row_id, host_economy, org_id, NULL, deal_id, concat_ws(' ', kind::VARCHAR, round), announced,
         coalesce(amount, amount_usd_m * 1e6), NULL, CASE WHEN amount IS NOT NULL THEN currency WHEN amount_usd_m IS NOT NULL THEN 'USD' END,
         usd, commitment::VARCHAR, status, source_id, known_on
  FROM serve.deals WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'ipo_events', row_id, NULL, org_id, NULL, event_id, exchange, stage_date, coalesce(raise_amount, raise_usd_m * 1e6),
         NULL, CASE WHEN raise_amount IS NOT NULL THEN currency WHEN raise_usd_m IS NOT NULL THEN 'USD' END,
         usd, stage::VARCHAR, status, source_id, known_on
  FROM serve.ipo_events WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'models', row_id, economy_id, org_id, NULL, model_id, name, released, NULL, NULL, NULL, NULL, NULL, status, source_id, known_on
  FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'benchmark_results', row_id, economy_id, org_id, NULL, benchmark_id, model_name, as_of, score, NULL, NULL, NULL, NULL, status,
         source_id, known_on
  FROM serve.benchmark_results WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'chips', row_id, economy_id, org_id, NULL, chip_id, name, released, NULL, NULL, NULL, NULL, chip_status::VARCHAR, status,
         source_id, known_on
  FROM serve.chips WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'supercomputers', row_id, economy_id, site_org_id, NULL, list_date || ' ' || rank, system, list_date, rmax_pflops, NULL,
         'PFlop/s', NULL, NULL, status, source_id, known_on
  FROM serve.supercomputers WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'clusters', row_id, economy_id, owner_org_id, NULL, cluster_id, name, date, h100_equivalents, NULL, 'H100', NULL,
         cluster_status::VARCHAR, status, source_id, known_on
  FROM serve.clusters WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'policies', row_id, economy_id, issuer_org_id, NULL, policy_id, title, date, NULL, NULL, NULL, NULL, policy_status::VARCHAR,
         status, source_id, known_on
  FROM serve.policies WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'claims', row_id, NULL, NULL, NULL, claim_id, statement, period, NULL, NULL, NULL, NULL, verdict::VARCHAR, NULL, source_id, known_on
  FROM serve.claims WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL
  SELECT 'fx_rates', row_id, NULL, NULL, NULL, currency, currency, period, units_per_usd, NULL, NULL, NULL, NULL, NULL, source_id, known_on
  FROM serve.fx_rates WHERE known_on <= $as_of
  UNION ALL
  SELECT 'organizations', row_id, economy_id, org_id, NULL, org_id, name, NULL, NULL, NULL, NULL, NULL, NULL, status, source_id, known_on
  FROM serve.organizations WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
)
SELECT f.kind, f.row_id, coalesce(t.cell_id, f.row_id) AS cell_id, f.economy_id, f.org_id, f.indicator_id, f.thing_id, f.title, f.date, f.amount, f.text, f.unit, f.usd,
       f.state, coalesce(f.status, t.status) AS status, t.status_reason, f.source_id, f.known_on,
       coalesce(f.row_id = coalesce(c.chosen_row_id, c.lead_row_id), true) AS is_shown, c.chosen_row_id IS NOT NULL AS is_chosen, c.rule, c.n_sources
FROM facts f
LEFT JOIN serve.states t ON t.row_id = f.row_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
LEFT JOIN serve.cells c ON c.cell_id = t.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
WHERE ($source IS NULL OR f.source_id = $source) AND f.known_on >= $since
ORDER BY f.kind, f.date DESC NULLS LAST, f.row_id
