-- How many values of each economy, province or organisation rest on each source, from one day to the next
WITH parts AS (
  SELECT entity_id, source_id, valid_from, valid_to, count(*) AS n, max(period_end) AS newest, min(known_on) AS first_known
  FROM serve.observations GROUP BY ALL
), days AS (
  SELECT entity_id, source_id, valid_from AS day FROM parts
  UNION SELECT entity_id, source_id, valid_to FROM parts WHERE valid_to IS NOT NULL
), steps AS (
  -- An answer changes only on days on which one of its rows does: a line from such a day to the next.
  SELECT entity_id, source_id, day AS valid_from, lead(day) OVER (PARTITION BY entity_id, source_id ORDER BY day) AS valid_to
  FROM days
)
SELECT s.entity_id, s.source_id, sum(p.n)::BIGINT AS n_rows, max(p.newest) AS newest, min(p.first_known) AS first_known,
       s.valid_from, s.valid_to
FROM steps s
JOIN parts p ON p.entity_id = s.entity_id AND p.source_id = s.source_id
 AND p.valid_from <= s.valid_from AND coalesce(p.valid_to > s.valid_from, true)
GROUP BY ALL
