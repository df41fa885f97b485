-- Chips of one economy or one maker, newest first; leads only.
SELECT * FROM serve.chips
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND is_lead
  AND ($economy IS NULL OR economy_id = $economy) AND ($org IS NULL OR org_id = $org)
ORDER BY period_end DESC NULLS LAST, name
