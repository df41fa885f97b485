-- Systems on the TOP500 lists, as known on $as_of.
SELECT u.row_id, u.place, u.list_date, last_day(CAST(u.list_date || '-01' AS DATE)) AS period_end,
       CAST(u.list_date || '-01' AS DATE) AS period_start, u.rank, u.system, u.site, u.site_org_id AS org_id, g.name AS org,
       u.economy_id, [u.economy_id] AS places, u.vendor, u.rmax_pflops, u.accelerator, u.status, u.status_reason, u.confidence,
       u.source_id, u.locator, u.note, u.known_on,
       concat_ws(' ', u.system, u.site, g.name, g.native_name, u.vendor, u.accelerator, u.list_date, u.locator, u.note) AS search
FROM serve.supercomputers u
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = u.site_org_id
WHERE u.valid_from <= $as_of AND coalesce(u.valid_to > $as_of, true)
