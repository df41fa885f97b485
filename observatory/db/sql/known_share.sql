-- How many values of some indicators for some economies had a source by $as_of, of how many on file; and the first day.
SELECT count(*) FILTER (c.first_known <= $as_of) AS known, count(*) AS total, min(c.first_known) AS first_known
FROM (
  SELECT cell_id, min(known_on) AS first_known
  FROM serve.observations
  WHERE list_contains($indicators, indicator_id) AND list_contains($economies, entity_id)
  GROUP BY cell_id
) c
