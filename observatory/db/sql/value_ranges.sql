-- How far the shown values of some measures reach, as known on $as_of. Values in dispute are no headlines, and shown all the same.
WITH shown AS MATERIALIZED (
  SELECT indicator_id, row_id, value, is_headline FROM serve.headlines
  WHERE indicator_id IN (SELECT unnest($indicators::VARCHAR[])) AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
), told AS (
  SELECT indicator_id, value FROM shown WHERE is_headline
  UNION ALL
  SELECT o.indicator_id, o.value FROM shown h
  JOIN serve.observations o ON o.indicator_id = h.indicator_id AND o.row_id = h.row_id
   AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
  WHERE NOT h.is_headline
)
SELECT indicator_id, max(value) - min(value) AS span FROM told WHERE value IS NOT NULL GROUP BY indicator_id ORDER BY indicator_id
