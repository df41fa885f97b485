-- Who pays, receives or invests in the deals that name one organisation.
SELECT p.deal_id, p.party_kind, p.party_id, p.party_name, p.role
FROM serve.deal_parties p
WHERE p.deal_id IN (SELECT deal_id FROM serve.deal_parties WHERE party_id = $org
                    UNION SELECT deal_id FROM serve.deals WHERE org_id = $org)
ORDER BY p.deal_id, p.role, p.party_name
