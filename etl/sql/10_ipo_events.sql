-- Listing stages: what each source says, with status and dollars
WITH rates AS (
  -- One line a reading of a rate, with the days it held; the first holds for all days before it too.
  SELECT currency, period, units_per_usd, coalesce(lag(replaced_on) OVER said, DATE '0001-01-01') AS held_from,
         replaced_on AS held_to
  FROM (SELECT currency, period, units_per_usd, NULL::DATE AS replaced_on FROM core.fx_rates
        UNION ALL SELECT currency, period, units_per_usd, replaced_on::DATE FROM core.earlier_fx_rates)
  WINDOW said AS (PARTITION BY currency, period ORDER BY replaced_on NULLS LAST)
)
SELECT i.row_id, i.place, i.ipo_id, i.event_id, i.line, i.org_id, i.exchange, i.stage, i.stage_date,
       i.period_start, i.period_end, i.period_precision, i.raise_amount, i.currency, i.raise_usd_m, coalesce(i.raise_amount / r.units_per_usd, i.usd) AS usd, i.usd_basis,
       coalesce(r.units_per_usd, i.usd_rate) AS usd_rate, i.usd_rate_period, i.valuation_usd_m, i.ticker, i.source_id, i.locator, i.confidence, i.note,
       i.known_on, t.cell_id, t.status, t.reason AS status_reason,
       c.lead_row_id = i.row_id AS is_lead, c.n_sources, c.n_origins,
       greatest(c.valid_from, t.valid_from, r.held_from) AS valid_from, least(c.valid_to, t.valid_to, r.held_to) AS valid_to
FROM core.ipo_events i
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
LEFT JOIN rates r ON i.usd_basis LIKE 'rate%' AND r.currency = i.currency AND r.period = i.usd_rate_period
 AND r.held_from < least(coalesce(c.valid_to, DATE '9999-12-31'), coalesce(t.valid_to, DATE '9999-12-31'))
 AND coalesce(r.held_to, DATE '9999-12-31') > greatest(c.valid_from, t.valid_from)
