-- One dated stream of what happened and what is due
WITH rates AS (
  -- One line a reading of a rate, with the days it held; the first holds for all days before it too.
  SELECT currency, period, units_per_usd, coalesce(lag(replaced_on) OVER said, DATE '0001-01-01') AS held_from,
         replaced_on AS held_to
  FROM (SELECT currency, period, units_per_usd, NULL::DATE AS replaced_on FROM core.fx_rates
        UNION ALL SELECT currency, period, units_per_usd, replaced_on::DATE FROM core.earlier_fx_rates)
  WINDOW said AS (PARTITION BY currency, period ORDER BY replaced_on NULLS LAST)
), money AS (
  SELECT row_id, amount, currency, usd_basis, usd_rate_period FROM core.deals
  UNION ALL SELECT row_id, raise_amount, currency, usd_basis, usd_rate_period FROM core.ipo_events
)
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end,
       e.date_precision, e.effective, e.title, e.title_native, coalesce(m.amount / r.units_per_usd, e.usd) AS usd,
       t.status, t.reason AS status_reason,
       greatest(e.valid_from, t.valid_from, r.held_from) AS valid_from, least(e.valid_to, t.valid_to, r.held_to) AS valid_to
FROM core.events e
JOIN core.row_status t ON t.row_id = e.row_id
 AND t.valid_from < coalesce(e.valid_to, DATE '9999-12-31') AND e.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
LEFT JOIN money m ON m.row_id = e.row_id AND m.usd_basis LIKE 'rate%'
LEFT JOIN rates r ON r.currency = m.currency AND r.period = m.usd_rate_period
 AND r.held_from < least(coalesce(e.valid_to, DATE '9999-12-31'), coalesce(t.valid_to, DATE '9999-12-31'))
 AND coalesce(r.held_to, DATE '9999-12-31') > greatest(e.valid_from, t.valid_from)
