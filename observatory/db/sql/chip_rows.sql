-- What each source says of each chip, as known on $as_of, with maker and origin of the source.
SELECT c.*, s.origin, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.chips c
LEFT JOIN serve.sources s USING (source_id)
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g USING (org_id)
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
ORDER BY c.chip_id, c.is_lead DESC, c.row_id
