-- Systems on the TOP500 lists
SELECT u.row_id, u.place, u.list_date, u.rank, u.system, u.site, u.site_org_id, u.economy_id, u.vendor, u.rmax_pflops,
       u.accelerator, u.source_id, u.locator, u.confidence, u.note, u.known_on,
       t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.supercomputers u
JOIN core.row_status t USING (row_id)
