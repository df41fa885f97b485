-- Parties named in policies
SELECT policy_id, party_kind, party_id, party_name, role, basis FROM core.policy_parties
