-- One dated stream of what happened and what is due
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end,
       e.date_precision, e.effective, e.title, e.title_native, e.usd, t.status, t.reason AS status_reason,
       greatest(e.valid_from, t.valid_from) AS valid_from, least(e.valid_to, t.valid_to) AS valid_to
FROM core.events e
JOIN core.row_status t ON t.row_id = e.row_id
 AND t.valid_from < coalesce(e.valid_to, DATE '9999-12-31') AND e.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
