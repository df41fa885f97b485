-- Every organisation as known on $as_of with what is on file: counts by table, newest event up to $today, newest worth
-- in US dollars and newest money raised; weak and disputed rows stand in no such place.
WITH deal_orgs AS (
  SELECT org_id, deal_id FROM serve.deals WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION
  SELECT p.party_id, p.deal_id FROM serve.deal_parties p
  JOIN serve.deals d USING (deal_id) WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
),
policy_orgs AS (
  SELECT issuer_org_id AS org_id, policy_id FROM serve.policies WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION
  SELECT p.party_id, p.policy_id FROM serve.policy_parties p
  JOIN serve.policies q USING (policy_id) WHERE q.valid_from <= $as_of AND coalesce(q.valid_to > $as_of, true)
),
things AS (
  SELECT org_id, 'models' AS what, count(*) AS n FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT org_id, 'deals', count(DISTINCT deal_id) FROM deal_orgs GROUP BY org_id
  UNION ALL SELECT org_id, 'attempts', count(DISTINCT ipo_id) FROM serve.ipo_events WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id
  UNION ALL SELECT entity_id, 'values', sum(n_rows) FROM serve.entity_sources WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY entity_id
  UNION ALL SELECT org_id, 'chips', count(*) FROM serve.chips WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND is_lead GROUP BY org_id
  UNION ALL SELECT owner_org_id, 'clusters', count(*) FROM serve.clusters WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY owner_org_id
  UNION ALL SELECT site_org_id, 'clusters', count(DISTINCT system) FROM serve.supercomputers WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY site_org_id
  UNION ALL SELECT org_id, 'policies', count(DISTINCT policy_id) FROM policy_orgs GROUP BY org_id
  UNION ALL SELECT entity, 'claims', count(*) FROM (SELECT unnest(string_split(entity_ids, ';')) AS entity FROM serve.claims WHERE known_on <= $as_of) GROUP BY entity
),
counted AS (PIVOT things ON what IN ('models', 'deals', 'attempts', 'values', 'chips', 'clusters', 'policies', 'claims') USING sum(n) GROUP BY org_id),
news AS (
  SELECT org_id, max_by(event_id, (date_start, event_id)) AS event_id FROM serve.events
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND date_start <= $today AND org_id IS NOT NULL
    AND status NOT IN ('unchecked', 'disputed') GROUP BY org_id
),
newest AS (
  SELECT n.org_id, e.date AS news_date, e.date_start AS news_day, e.kind::VARCHAR AS news_kind, e.subkind::VARCHAR AS news_subkind,
         e.title AS news_title, e.row_id AS news_row
  FROM news n JOIN serve.events e ON e.event_id = n.event_id AND e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)
  QUALIFY row_number() OVER (PARTITION BY n.org_id ORDER BY e.row_id) = 1
),
worth AS (
  SELECT org_id, post_money_usd_m * 1e6 AS usd, 'deal' AS how, announced AS worth_date, period_end, row_id FROM serve.deals
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND is_lead AND post_money_usd_m IS NOT NULL AND status NOT IN ('unchecked', 'disputed')
  UNION ALL
  SELECT org_id, valuation_usd_m * 1e6, 'listing', stage_date, period_end, row_id FROM serve.ipo_events
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND is_lead AND valuation_usd_m IS NOT NULL AND status NOT IN ('unchecked', 'disputed')
  UNION ALL
  SELECT h.entity_id, h.value * i.scale, CASE WHEN i.indicator_id LIKE 'market_cap%' THEN 'market' ELSE 'valuation' END, h.period, h.period_end, h.row_id
  FROM serve.headlines h JOIN serve.indicators i USING (indicator_id)
  WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true) AND h.is_headline AND NOT h.is_forecast AND i.currency = 'USD'
    AND (i.indicator_id LIKE 'market_cap%' OR i.indicator_id LIKE 'company_valuation%') AND h.status NOT IN ('unchecked', 'disputed') AND h.span IS NULL
),
last_worth AS (
  SELECT org_id, usd AS worth_usd, how AS worth_how, worth_date, row_id AS worth_row FROM worth
  QUALIFY row_number() OVER (PARTITION BY org_id ORDER BY period_end DESC, row_id) = 1
)
SELECT g.org_id, g.row_id, g.name, g.native_name, g.native_language, g.economy_id, g.kind::VARCHAR AS kind, g.stack_layer::VARCHAR AS layer,
       g.tickers, g.source_id, g.status::VARCHAR AS status, g.known_on,
       coalesce(c.models, 0)::INTEGER AS n_models, coalesce(c.deals, 0)::INTEGER AS n_deals, coalesce(c.attempts, 0)::INTEGER AS n_attempts,
       coalesce(c."values", 0)::INTEGER AS n_values, coalesce(c.chips, 0)::INTEGER AS n_chips, coalesce(c.clusters, 0)::INTEGER AS n_clusters,
       coalesce(c.policies, 0)::INTEGER AS n_policies, coalesce(c.claims, 0)::INTEGER AS n_claims,
       n.* EXCLUDE (org_id), w.* EXCLUDE (org_id),
       src.title AS source_title, src.publisher AS source_publisher, src.url AS source_url, src.licence AS source_licence, src.reuse::VARCHAR AS source_reuse
FROM serve.organizations g
LEFT JOIN counted c USING (org_id)
LEFT JOIN newest n USING (org_id)
LEFT JOIN last_worth w USING (org_id)
LEFT JOIN serve.sources src USING (source_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
ORDER BY g.name, g.org_id
