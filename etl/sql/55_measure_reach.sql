-- How far each measure reaches from one day to the next: entities, periods, cells, disputes
WITH cells AS NOT MATERIALIZED (
  SELECT h.*, e.group_id, coalesce(e.in_scope, false) AS in_scope FROM serve.headlines h
  LEFT JOIN serve.economies e ON e.economy_id = h.entity_id WHERE coalesce(e.group_id, '') <> 'other'
), parts AS (
  SELECT indicator_id, entity_id, group_id, in_scope, source_id, valid_from, valid_to, count(*) AS n,
         count(*) FILTER (status = 'disputed') AS disputed, count(*) FILTER (is_headline AND NOT is_forecast AND value IS NOT NULL) AS held,
         min((period_end, row_id)) AS first, arg_min(period, (period_end, row_id)) AS first_period,
         max((period_end, row_id)) AS last, arg_max(period, (period_end, row_id)) AS last_period
  FROM cells GROUP BY ALL
), held AS (
  -- Measures of economies only: what organisations hold is not counted by economies.
  SELECT DISTINCT indicator_id, period, valid_from, valid_to FROM cells
  WHERE in_scope AND is_headline AND NOT is_forecast AND value IS NOT NULL
), days AS (
  SELECT indicator_id, valid_from AS day FROM parts
  UNION SELECT indicator_id, valid_to FROM parts WHERE valid_to IS NOT NULL
), steps AS (
  -- An answer changes only on days on which one of its rows does: a line from such a day to the next.
  SELECT indicator_id, day AS valid_from, lead(day) OVER (PARTITION BY indicator_id ORDER BY day) AS valid_to FROM days
), periods AS (
  SELECT t.indicator_id, t.valid_from, count(DISTINCT h.period) AS n FROM steps t
  JOIN held h ON h.indicator_id = t.indicator_id AND h.valid_from <= t.valid_from AND coalesce(h.valid_to > t.valid_from, true)
  GROUP BY ALL
), reach AS (
  SELECT t.indicator_id, t.valid_from, t.valid_to,
         count(DISTINCT p.entity_id) FILTER (p.in_scope) AS n_scope,
         count(DISTINCT p.entity_id) FILTER (p.group_id NOT IN ('aggregate', 'other')) AS n_economies,
         count(DISTINCT p.entity_id) FILTER (p.group_id IS NULL AND NOT p.entity_id LIKE 'CN-%') AS n_orgs,
         count(DISTINCT p.entity_id) FILTER (p.entity_id LIKE 'CN-%') AS n_provinces,
         min(p.first)[1] AS first_end, max(p.last)[1] AS last_end, arg_min(p.first_period, p.first) AS first_period,
         arg_max(p.last_period, p.last) AS last_period, sum(p.n)::BIGINT AS n_cells, sum(p.disputed)::BIGINT AS n_disputed,
         count(DISTINCT p.source_id) AS n_sources, count(DISTINCT p.entity_id) FILTER (p.in_scope AND p.held > 0) AS n_held
  FROM steps t
  JOIN parts p ON p.indicator_id = t.indicator_id AND p.valid_from <= t.valid_from AND coalesce(p.valid_to > t.valid_from, true)
  GROUP BY ALL
)
SELECT r.* EXCLUDE (valid_from, valid_to), coalesce(h.n, 0) AS n_held_periods, r.valid_from, r.valid_to
FROM reach r LEFT JOIN periods h USING (indicator_id, valid_from)
