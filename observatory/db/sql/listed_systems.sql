-- Systems of all TOP500 lists on file, newest list and best rank first, as known on $as_of.
SELECT s.*, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.supercomputers s
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = s.site_org_id
WHERE s.valid_from <= $as_of AND coalesce(s.valid_to > $as_of, true)
ORDER BY s.list_date DESC, s.rank
