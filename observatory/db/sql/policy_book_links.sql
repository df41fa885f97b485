-- Relations between policies, in the words of their rows.
SELECT policy_id, relation, related_policy_id, basis FROM serve.policy_links ORDER BY policy_id, relation, related_policy_id
