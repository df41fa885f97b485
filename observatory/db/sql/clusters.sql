-- AI clusters of one economy or one owner, largest first.
SELECT k.*, g.name AS org_name FROM serve.clusters k
LEFT JOIN (SELECT DISTINCT org_id, name FROM serve.organizations) g ON g.org_id = k.owner_org_id
WHERE k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
  AND ($economy IS NULL OR k.economy_id = $economy) AND ($org IS NULL OR k.owner_org_id = $org)
ORDER BY k.h100_equivalents DESC NULLS LAST, k.chip_count DESC NULLS LAST, k.name
