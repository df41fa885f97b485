-- Things on which sources differ, in figures, dates or conditions: what was chosen and by which rule
WITH things AS (
  SELECT row_id, indicator_id, entity_id, NULL AS economy_id, NULL AS org_id, indicator_id AS thing_id, period, span,
         period_start, period_end, unit, known_on FROM core.observations
  UNION ALL
  SELECT row_id, NULL, NULL, host_economy, org_id, deal_id, announced, NULL, period_start, period_end,
         CASE WHEN amount IS NOT NULL THEN currency WHEN amount_usd_m IS NOT NULL THEN 'USD' END, known_on FROM core.deals
  UNION ALL
  SELECT row_id, NULL, NULL, NULL, org_id, event_id, stage_date, NULL, period_start, period_end,
         CASE WHEN raise_amount IS NOT NULL THEN currency WHEN raise_usd_m IS NOT NULL THEN 'USD' END, known_on FROM core.ipo_events
  UNION ALL
  SELECT row_id, NULL, NULL, NULL, org_id, model_id, released, NULL, period_start, period_end, NULL, known_on FROM core.models
  UNION ALL
  SELECT row_id, NULL, NULL, economy_id, org_id, benchmark_id || ' ' || model_name, as_of, NULL, period_start, period_end, NULL, known_on
  FROM core.benchmark_results
  UNION ALL
  SELECT row_id, NULL, NULL, economy_id, org_id, chip_id, released, NULL, period_start, period_end, NULL, known_on FROM core.chips
  UNION ALL
  SELECT row_id, NULL, NULL, economy_id, site_org_id, list_date || ' ' || rank, list_date, NULL, period_start, period_end, 'PFlop/s', known_on
  FROM core.supercomputers
  UNION ALL
  SELECT row_id, NULL, NULL, economy_id, owner_org_id, cluster_id, date, NULL, period_start, period_end, NULL, known_on FROM core.clusters
  UNION ALL
  SELECT row_id, NULL, NULL, economy_id, issuer_org_id, policy_id, date, NULL, period_start, period_end, NULL, known_on FROM core.policies
), usable AS (
  -- A cell begins anew on every day on which one of its rows became known: its rows are those of its first day.
  SELECT c.cell_id, c.valid_from, count(*) AS n_usable, max(s.known_on) AS last_known
  FROM core.cells c
  JOIN core.row_status t ON t.cell_id = c.cell_id AND t.valid_from <= c.valid_from AND coalesce(t.valid_to > c.valid_from, true)
  JOIN things s ON s.row_id = t.row_id
  WHERE c.differs IS NOT NULL AND t.status <> 'superseded'
  GROUP BY c.cell_id, c.valid_from
)
SELECT c.cell_id, c.table_name, s.indicator_id, coalesce(s.entity_id, s.org_id, s.economy_id) AS entity_id,
       coalesce(s.economy_id, e.economy_id, o.economy_id) AS economy_id,
       coalesce(s.org_id, CASE WHEN e.economy_id IS NULL THEN o.org_id END) AS org_id, s.thing_id, s.period, s.span,
       s.period_start, s.period_end, s.unit, c.n_sources, c.n_origins, c.low, c.high, c.spread, c.differs,
       CASE WHEN NOT list_contains(string_split(c.differs, ';'), 'value') THEN 'words'
            WHEN c.chosen_row_id IS NULL AND c.rule IN ('unchecked', 'nothing_usable') THEN 'weak'
            WHEN c.chosen_row_id IS NULL THEN 'disputed' WHEN c.rule = 'official' THEN 'official' ELSE 'near' END AS outcome,
       c.lead_row_id, c.chosen_row_id, c.rule,
       coalesce(u.n_usable, 0) AS n_usable, u.last_known, c.valid_from, c.valid_to
FROM core.cells c
JOIN things s ON s.row_id = c.lead_row_id
LEFT JOIN core.economies e ON e.economy_id = s.entity_id
LEFT JOIN core.organizations o ON o.org_id = coalesce(s.org_id, s.entity_id)
LEFT JOIN usable u ON u.cell_id = c.cell_id AND u.valid_from = c.valid_from
WHERE c.differs IS NOT NULL
