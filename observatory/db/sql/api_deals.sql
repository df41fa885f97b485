-- What each source says of deals, plans, funds and budgets, as known on $as_of. Rows of one deal_id are never added up.
-- Lowest and highest are those of all sources of a deal: without $single they are given where all of them are open.
WITH cells AS (
  SELECT d.cell_id, bool_and(s.reuse = 'open') AS all_open
  FROM serve.deals d JOIN serve.sources s USING (source_id) GROUP BY d.cell_id
)
SELECT d.row_id, d.deal_id, d.line, d.org_id, g.economy_id AS org_economy_id, d.announced, d.period_start, d.period_end,
       d.period_precision, d.kind, d.round, d.amount, d.currency, d.amount_usd_m, d.usd, d.usd_basis, d.usd_rate,
       d.usd_rate_period, d.post_money_usd_m, d.investors, d.host_economy, d.commitment, d.status, d.status_reason,
       d.is_lead, d.n_sources, d.n_origins, CASE WHEN $single OR c.all_open THEN d.low END AS low,
       CASE WHEN $single OR c.all_open THEN d.high END AS high, d.confidence, d.known_on, d.cell_id, d.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.deals d
JOIN serve.sources s USING (source_id)
JOIN cells c ON c.cell_id = d.cell_id
JOIN (SELECT DISTINCT org_id, economy_id FROM serve.organizations) g ON g.org_id = d.org_id
WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
