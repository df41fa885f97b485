-- How each indicator covers each economy by $as_of (null $year: the newest period; else periods ending in that year).
SELECT * EXCLUDE (year, valid_from, valid_to) FROM serve.measure_cover
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND year IS NOT DISTINCT FROM $year
ORDER BY indicator_id, economy_id
