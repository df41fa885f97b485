-- Claims that point at a policy, as known on $as_of.
SELECT claim_id, row_id, document, statement, verdict, entity_ids FROM serve.claims
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  AND list_contains(string_split(coalesce(related_policy_ids, ''), ';'), $policy)
ORDER BY claim_id
