-- Rules on personal data and data security of $members, as known on $as_of; laws in force first.
SELECT p.policy_id, p.row_id, p.title, p.title_native, p.economy_id, p.kind, p.policy_status, p.date, p.period_end,
       p.effective_from, p.source_id, p.status, p.known_on
FROM serve.policies p JOIN serve.policy_topics t USING (policy_id)
WHERE t.topic = 'data_protection' AND p.kind IN ('law', 'regulation', 'guideline', 'standard')
  AND list_contains($members, p.economy_id)
  AND p.is_lead AND p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
ORDER BY p.economy_id, CASE p.kind WHEN 'law' THEN 0 WHEN 'regulation' THEN 1 WHEN 'standard' THEN 2 ELSE 3 END,
         CASE p.policy_status WHEN 'in_force' THEN 0 WHEN 'passed' THEN 1 ELSE 2 END, p.period_end DESC, p.policy_id
