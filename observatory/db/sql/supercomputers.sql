-- Systems on the newest TOP500 list known, of one economy or one site's organisation.
SELECT * FROM serve.supercomputers
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  AND ($economy IS NULL OR economy_id = $economy) AND ($org IS NULL OR site_org_id = $org)
  AND list_date = (SELECT max(list_date) FROM serve.supercomputers WHERE valid_from <= $as_of)
ORDER BY rank
