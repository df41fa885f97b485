-- Roles of one organisation in the policies that name it.
SELECT policy_id, role FROM serve.policy_parties WHERE party_id = $org ORDER BY policy_id, role
