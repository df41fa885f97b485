-- Models of one economy or one maker, newest first; undated last.
SELECT m.*, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.models m
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g ON g.org_id = m.org_id
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
  AND ($economy IS NULL OR m.economy_id = $economy) AND ($org IS NULL OR m.org_id = $org)
ORDER BY m.period_end DESC NULLS LAST, m.name
