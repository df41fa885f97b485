-- Listing stages of one economy's companies or one company: all rows, leads marked.
SELECT i.*, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language, g.economy_id AS org_economy_id
FROM serve.ipo_events i
JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g ON g.org_id = i.org_id
WHERE i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)
  AND ($economy IS NULL OR g.economy_id = $economy) AND ($org IS NULL OR i.org_id = $org)
ORDER BY i.ipo_id, i.period_end, i.stage, i.is_lead DESC, i.row_id
