-- Policies of one economy, or issued by or naming one organisation; leads only, newest first.
SELECT p.*, (SELECT string_agg(topic, ';' ORDER BY topic) FROM serve.policy_topics t WHERE t.policy_id = p.policy_id) AS topics
FROM serve.policies p
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true) AND p.is_lead
  AND ($economy IS NULL OR p.economy_id = $economy
       OR p.policy_id IN (SELECT policy_id FROM serve.policy_parties WHERE party_kind = 'economy' AND party_id = $economy))
  AND ($org IS NULL OR p.issuer_org_id = $org
       OR p.policy_id IN (SELECT policy_id FROM serve.policy_parties WHERE party_kind = 'organization' AND party_id = $org))
ORDER BY p.period_end DESC NULLS LAST, p.policy_id
