-- AI clusters planned or being built with a date, as known on $as_of.
SELECT c.row_id, c.cluster_id, c.name, c.owner_org_id AS org_id, c.economy_id, c.cluster_status AS word, c.date,
       c.period_start AS date_start, c.period_end AS date_end, c.source_id, c.known_on, c.status, c.power_mw,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.clusters c
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = c.owner_org_id
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
  AND c.cluster_status IN ('planned', 'under_construction') AND c.date IS NOT NULL
ORDER BY c.period_end, c.cluster_id
