-- What every source says of every policy, as known on $as_of: the leading row of each first.
SELECT p.*, s.title AS source_title, s.publisher, s.origin, s.url AS source_url, s.published,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.policies p
JOIN serve.sources s USING (source_id)
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = p.issuer_org_id
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
ORDER BY p.policy_id, NOT p.is_lead, p.row_id
