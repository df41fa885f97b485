-- Deals, plans, funds and budgets: what each source says, with status and dollars
SELECT d.row_id, d.place, d.deal_id, d.line, d.org_id, d.announced, d.period_start, d.period_end, d.period_precision,
       d.kind, d.round, d.amount, d.currency, d.amount_usd_m, d.usd, d.usd_basis, d.usd_rate, d.usd_rate_period,
       d.post_money_usd_m, d.investors, d.host_economy, d.commitment, d.source_id, d.locator, d.confidence, d.note,
       d.known_on, t.cell_id, t.status, t.reason AS status_reason,
       c.lead_row_id = d.row_id AS is_lead, c.n_sources, c.n_origins, c.low, c.high, c.rule,
       greatest(c.valid_from, t.valid_from) AS valid_from, least(c.valid_to, t.valid_to) AS valid_to
FROM core.deals d
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
