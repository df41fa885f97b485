-- Listing stages: what each source says, with status and dollars
SELECT i.row_id, i.place, i.ipo_id, i.event_id, i.line, i.org_id, i.exchange, i.stage, i.stage_date,
       i.period_start, i.period_end, i.period_precision, i.raise_amount, i.currency, i.raise_usd_m, i.usd, i.usd_basis,
       i.usd_rate, i.usd_rate_period, i.valuation_usd_m, i.ticker, i.source_id, i.locator, i.confidence, i.note,
       i.known_on, t.cell_id, t.status, t.reason AS status_reason,
       c.lead_row_id = i.row_id AS is_lead, c.n_sources, c.n_origins,
       greatest(c.valid_from, t.valid_from) AS valid_from, least(c.valid_to, t.valid_to) AS valid_to
FROM core.ipo_events i
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
