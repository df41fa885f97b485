-- Topics of policies.
SELECT policy_id, topic, name_en, meaning FROM serve.policy_topics ORDER BY policy_id, topic
