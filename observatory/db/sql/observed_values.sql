-- Every value of some measures that still stands, whatever its status, with the economy or organisation it is of.
SELECT o.*, coalesce(e.economy_id, g.economy_id) AS home, g.name AS org_name, g.native_name AS org_native_name,
       g.native_language AS org_language
FROM serve.observations o
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
LEFT JOIN (SELECT DISTINCT org_id, economy_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = o.entity_id
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true) AND o.status <> 'superseded'
  AND list_contains($ids, o.indicator_id) AND coalesce(e.group_id, '') <> 'other'
ORDER BY o.indicator_id, o.entity_id, o.period_end, o.row_id
