-- Topics of policies
SELECT p.policy_id, p.topic, v.name_en, v.meaning FROM core.policy_topics p JOIN core.topics v USING (topic)
