-- Systems on the TOP500 at one organisation's site or made by it, each with its newest list; vendor parts must equal a name.
WITH own AS (SELECT DISTINCT lower(name) AS name FROM serve.names WHERE org_id = $org AND kind <> 'ticker'),
seen AS (
  SELECT s.*, s.site_org_id IS NOT DISTINCT FROM $org AS at_site
  FROM serve.supercomputers s
  WHERE s.valid_from <= $as_of AND coalesce(s.valid_to > $as_of, true)
    AND (s.site_org_id = $org
         OR list_has_any(list_transform(string_split(lower(s.vendor), '/'), lambda part: trim(part)), (SELECT coalesce(list(name), []) FROM own)))
)
SELECT *, min(list_date) OVER (PARTITION BY system, site) AS first_list,
       list_date = (SELECT max(list_date) FROM serve.supercomputers WHERE valid_from <= $as_of) AS on_newest
FROM seen
QUALIFY row_number() OVER (PARTITION BY system, site ORDER BY list_date DESC) = 1
ORDER BY list_date DESC, rank
