-- Parties of deals as far as rows name them
SELECT deal_id, party_kind, party_id, party_name, role FROM core.deal_parties
