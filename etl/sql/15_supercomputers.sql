-- Systems on the TOP500 lists, each as it was known from valid_from to valid_to
SELECT u.row_id, u.place, u.list_date, u.rank, u.system, u.site, u.site_org_id, u.economy_id, u.vendor, u.rmax_pflops,
       u.accelerator, u.source_id, u.locator, u.confidence, u.note, u.known_on,
       t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.supercomputers u
JOIN core.row_status t USING (row_id)
UNION ALL
SELECT u.row_id, e.place, e.list_date, e.rank, e.system, e.site, e.site_org_id, e.economy_id, e.vendor, e.rmax_pflops,
       e.accelerator, e.source_id, e.locator, e.confidence, e.note, e.known_on,
       t.status, t.reason, t.valid_from, least(coalesce(t.valid_to, DATE '9999-12-31'), e.replaced_on::DATE)
FROM core.earlier_supercomputers e
JOIN core.supercomputers u USING (list_date, rank)
JOIN core.row_status t ON t.row_id = e.row_id AND t.valid_from < e.replaced_on::DATE
