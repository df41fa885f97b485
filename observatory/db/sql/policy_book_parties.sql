-- Parties of policies with the names of organisations.
SELECT p.policy_id, p.party_kind, p.party_id, p.party_name, p.role, p.basis, g.name AS org_name,
       g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.policy_parties p
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g
  ON p.party_kind = 'organization' AND g.org_id = p.party_id
ORDER BY p.policy_id, p.role, p.party_name
