-- How many cells of observations were on file from one day to the next, and of how many several rows tell
WITH several AS (
  SELECT c.cell_id, c.valid_from
  FROM core.cells c
  JOIN core.row_status t ON t.cell_id = c.cell_id AND t.valid_from <= c.valid_from AND coalesce(t.valid_to > c.valid_from, true)
  WHERE c.table_name = 'observations' AND c.n_rows > 1 AND t.status <> 'superseded'
  GROUP BY c.cell_id, c.valid_from HAVING count(*) > 1
), parts AS (
  SELECT c.valid_from, c.valid_to, count(*) AS n, count(s.cell_id) AS n_several
  FROM core.cells c LEFT JOIN several s USING (cell_id, valid_from)
  WHERE c.table_name = 'observations'
  GROUP BY ALL
), days AS (
  SELECT valid_from AS day FROM parts UNION SELECT valid_to FROM parts WHERE valid_to IS NOT NULL
), steps AS (
  -- An answer changes only on days on which one of its rows does: a line from such a day to the next.
  SELECT day AS valid_from, lead(day) OVER (ORDER BY day) AS valid_to FROM days
)
SELECT sum(p.n)::BIGINT AS n_cells, sum(p.n_several)::BIGINT AS n_several, s.valid_from, s.valid_to
FROM steps s
JOIN parts p ON p.valid_from <= s.valid_from AND coalesce(p.valid_to > s.valid_from, true)
GROUP BY ALL
