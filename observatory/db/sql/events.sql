-- Events that may have fallen between $first and $last, as known on $as_of; null economies or orgs: all.
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end,
       e.date_precision, e.effective, e.title, e.title_native, e.usd, e.status,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.events e
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g ON g.org_id = e.org_id
WHERE e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)
  AND e.date_end >= $first AND e.date_start <= $last
  AND ($economies IS NULL OR list_contains($economies, e.economy_id))
  AND ($orgs IS NULL OR list_contains($orgs, e.org_id))
ORDER BY e.date_end, e.event_id
