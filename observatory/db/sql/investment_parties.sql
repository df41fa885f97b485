-- Parties of deals, each with the economy it is placed in: its own id, or that of its organisation.
SELECT p.deal_id, p.party_kind, p.party_id, p.party_name, p.role, g.name AS org_name,
       g.native_name AS org_native_name, g.native_language AS org_language,
       CASE WHEN p.party_kind = 'economy' THEN p.party_id
            WHEN e.group_id = 'aggregate' THEN NULL ELSE g.economy_id END AS economy_id
FROM serve.deal_parties p
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g
  ON p.party_kind = 'organization' AND g.org_id = p.party_id
LEFT JOIN serve.economies e ON e.economy_id = g.economy_id
ORDER BY p.deal_id, p.role, p.party_name
