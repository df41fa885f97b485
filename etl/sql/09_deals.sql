-- Deals, plans, funds and budgets: what each source says, with status and dollars
WITH rates AS (
  -- One line a reading of a rate, with the days it held; the first holds for all days before it too.
  SELECT currency, period, units_per_usd, coalesce(lag(replaced_on) OVER said, DATE '0001-01-01') AS held_from,
         replaced_on AS held_to
  FROM (SELECT currency, period, units_per_usd, NULL::DATE AS replaced_on FROM core.fx_rates
        UNION ALL SELECT currency, period, units_per_usd, replaced_on::DATE FROM core.earlier_fx_rates)
  WINDOW said AS (PARTITION BY currency, period ORDER BY replaced_on NULLS LAST)
)
SELECT d.row_id, d.place, d.deal_id, d.line, d.org_id, d.announced, d.period_start, d.period_end, d.period_precision,
       d.kind, d.round, d.amount, d.currency, d.amount_usd_m, coalesce(d.amount / r.units_per_usd, d.usd) AS usd, d.usd_basis, coalesce(r.units_per_usd, d.usd_rate) AS usd_rate, d.usd_rate_period,
       d.post_money_usd_m, d.investors, d.host_economy, d.commitment, d.source_id, d.locator, d.confidence, d.note,
       d.known_on, t.cell_id, t.status, t.reason AS status_reason,
       c.lead_row_id = d.row_id AS is_lead, c.n_sources, c.n_origins, c.low, c.high, c.rule,
       greatest(c.valid_from, t.valid_from, r.held_from) AS valid_from, least(c.valid_to, t.valid_to, r.held_to) AS valid_to
FROM core.deals d
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
LEFT JOIN rates r ON d.usd_basis LIKE 'rate%' AND r.currency = d.currency AND r.period = d.usd_rate_period
 AND r.held_from < least(coalesce(c.valid_to, DATE '9999-12-31'), coalesce(t.valid_to, DATE '9999-12-31'))
 AND coalesce(r.held_to, DATE '9999-12-31') > greatest(c.valid_from, t.valid_from)
