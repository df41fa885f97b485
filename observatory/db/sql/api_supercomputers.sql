-- Systems on the TOP500 lists, as known on $as_of.
SELECT u.row_id, u.list_date, u.rank, u.system, u.site, u.site_org_id, u.economy_id, u.vendor, u.rmax_pflops, u.accelerator,
       u.status, u.status_reason, u.confidence, u.known_on, u.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.supercomputers u JOIN serve.sources s USING (source_id)
WHERE u.valid_from <= $as_of AND coalesce(u.valid_to > $as_of, true)
