-- Every check of every claim up to $as_of, the newest first.
SELECT claim_id, row_id, verdict, evidence, checked_on, source_id, confidence, valid_to
FROM serve.claims
WHERE valid_from <= $as_of
ORDER BY claim_id, checked_on DESC
