-- How each measure covers each economy from one day to the next: all years (empty), or periods ending in one
WITH cells AS (
  SELECT h.indicator_id, h.entity_id, h.period, h.period_end, h.row_id, h.status::VARCHAR AS status, h.is_forecast,
         unnest([NULL, year(h.period_end)::INTEGER]) AS year, h.valid_from, h.valid_to
  FROM serve.headlines h JOIN serve.economies e ON e.economy_id = h.entity_id WHERE e.group_id NOT IN ('aggregate', 'other')
), parts AS (
  SELECT indicator_id, entity_id, year, valid_from, valid_to, count(*) AS n, max((period_end, row_id, period, status)) AS last,
         min(period_end) AS first_end, bool_and(is_forecast) AS only_forecast
  FROM cells GROUP BY ALL
), days AS (
  SELECT indicator_id, entity_id, year, valid_from AS day FROM parts
  UNION SELECT indicator_id, entity_id, year, valid_to FROM parts WHERE valid_to IS NOT NULL
), steps AS (
  -- An answer changes only on days on which one of its rows does: a line from such a day to the next.
  SELECT indicator_id, entity_id, year, day AS valid_from,
         lead(day) OVER (PARTITION BY indicator_id, entity_id, year ORDER BY day) AS valid_to
  FROM days
), covered AS (
  SELECT t.indicator_id, t.entity_id, t.year, sum(p.n)::BIGINT AS n, max(p.last) AS last, min(p.first_end) AS first_end,
         bool_and(p.only_forecast) AS only_forecast, t.valid_from, t.valid_to
  FROM steps t
  JOIN parts p ON p.indicator_id = t.indicator_id AND p.entity_id = t.entity_id AND p.year IS NOT DISTINCT FROM t.year
   AND p.valid_from <= t.valid_from AND coalesce(p.valid_to > t.valid_from, true)
  GROUP BY ALL
)
SELECT year, indicator_id, entity_id AS economy_id, n, last[3] AS period, last[1] AS period_end, first_end, last[2] AS row_id,
       last[4] AS status, only_forecast, valid_from, valid_to
FROM covered
