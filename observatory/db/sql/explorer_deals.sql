-- What each source says of deals, plans, funds and budgets, as known on $as_of.
SELECT d.row_id, d.place, d.deal_id, d.org_id, g.name AS org, g.economy_id, d.host_economy, [g.economy_id, d.host_economy] AS places,
       d.announced, d.period_start, d.period_end, d.kind, d.round, d.amount, d.currency, d.usd, d.usd_basis, d.post_money_usd_m,
       d.investors, d.commitment, d.status, d.status_reason, d.is_lead AS chosen, d.n_sources, d.n_origins, d.confidence,
       d.source_id, d.locator, d.note, d.known_on,
       concat_ws(' ', d.deal_id, g.name, g.native_name, d.round, d.investors, d.announced, d.currency, d.locator, d.note) AS search
FROM serve.deals d
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = d.org_id
WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
