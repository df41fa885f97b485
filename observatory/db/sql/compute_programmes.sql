-- Acts of states under the topic compute, as known on $as_of; leads only, newest first.
SELECT p.* FROM serve.policies p
JOIN serve.policy_topics t ON t.policy_id = p.policy_id AND t.topic = 'compute'
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true) AND p.is_lead AND p.actor = 'public'
ORDER BY p.period_end DESC NULLS LAST, p.policy_id
