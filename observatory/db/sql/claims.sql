-- Claims that name an entity (economy or organisation), also through listings; null: all. Worst verdict first.
WITH listing AS (SELECT DISTINCT ipo_id FROM serve.ipo_events WHERE org_id = $entity)
SELECT c.* FROM serve.claims c
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
  AND ($entity IS NULL
       OR list_contains(string_split(coalesce(c.entity_ids, ''), ';'), $entity)
       OR list_has_any(string_split(coalesce(c.related_ipo_ids, ''), ';'), (SELECT coalesce(list(ipo_id), []) FROM listing)))
ORDER BY CASE c.verdict WHEN 'contradicted' THEN 0 WHEN 'unverified' THEN 1 WHEN 'partly' THEN 2 ELSE 3 END, c.claim_id
