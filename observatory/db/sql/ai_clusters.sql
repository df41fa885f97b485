-- AI clusters with owner and origin of the source, as known on $as_of.
SELECT k.*, s.origin, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.clusters k
LEFT JOIN serve.sources s USING (source_id)
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = k.owner_org_id
WHERE k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
ORDER BY k.h100_equivalents DESC NULLS LAST, k.chip_count DESC NULLS LAST, k.cluster_id
