-- Identity of one organisation as known on $as_of, with its parent's name.
SELECT g.*, p.name AS parent_name, p.native_name AS parent_native_name
FROM serve.organizations g
LEFT JOIN (SELECT DISTINCT org_id, name, native_name FROM serve.organizations) p ON p.org_id = g.parent_org_id
WHERE g.org_id = $org AND g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
