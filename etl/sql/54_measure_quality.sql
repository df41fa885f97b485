-- Quality of each measure's values from one day to the next: sources, makers, states, newest period
WITH parts AS (
  -- Sources and entities of a measure are few: counted from their pairs, not from all rows.
  SELECT indicator_id, entity_id, source_id, status, valid_from, valid_to, count(*) AS n,
         max(period_end) FILTER (NOT is_forecast) AS last_end
  FROM serve.observations GROUP BY ALL
), days AS (
  SELECT indicator_id, valid_from AS day FROM parts
  UNION SELECT indicator_id, valid_to FROM parts WHERE valid_to IS NOT NULL
), steps AS (
  -- An answer changes only on days on which one of its rows does: a line from such a day to the next.
  SELECT indicator_id, day AS valid_from, lead(day) OVER (PARTITION BY indicator_id ORDER BY day) AS valid_to FROM days
), counted AS MATERIALIZED (
  SELECT t.indicator_id, t.valid_from, t.valid_to, sum(n)::BIGINT AS n, count(DISTINCT p.entity_id) AS n_entities,
         count(DISTINCT p.source_id) AS n_sources, count(DISTINCT s.origin) AS n_origins,
         coalesce(sum(n) FILTER (p.status = 'official'), 0)::BIGINT AS official, coalesce(sum(n) FILTER (p.status = 'confirmed'), 0)::BIGINT AS confirmed,
         coalesce(sum(n) FILTER (p.status = 'reported'), 0)::BIGINT AS reported, coalesce(sum(n) FILTER (p.status = 'company_claim'), 0)::BIGINT AS company_claim,
         coalesce(sum(n) FILTER (p.status = 'estimate'), 0)::BIGINT AS estimate, coalesce(sum(n) FILTER (p.status = 'disputed'), 0)::BIGINT AS disputed,
         coalesce(sum(n) FILTER (p.status = 'unchecked'), 0)::BIGINT AS unchecked, coalesce(sum(n) FILTER (p.status = 'superseded'), 0)::BIGINT AS superseded,
         max(last_end) AS last_end
  FROM steps t
  JOIN parts p ON p.indicator_id = t.indicator_id AND p.valid_from <= t.valid_from AND coalesce(p.valid_to > t.valid_from, true)
  JOIN serve.sources s USING (source_id)
  GROUP BY ALL
), last_rows AS MATERIALIZED (
  -- Forecasts say nothing of how far the figures reach. Kept, so that only these rows are joined with their sources.
  SELECT indicator_id, source_id, period, period_end, row_id, known_on, valid_from, valid_to FROM serve.observations
  WHERE NOT is_forecast AND (indicator_id, period_end) IN (SELECT indicator_id, last_end FROM counted)
), newest AS (
  SELECT c.indicator_id, c.valid_from, arg_max(o.period, o.row_id) AS last_period, max(o.row_id) AS row_id,
         min(o.known_on) FILTER (s.published IS NOT NULL) AS published_on,
         arg_min(s.published, (o.known_on, o.row_id)) FILTER (s.published IS NOT NULL) AS published, min(o.known_on) AS known_on
  FROM counted c
  JOIN last_rows o ON o.indicator_id = c.indicator_id AND o.period_end = c.last_end
   AND o.valid_from <= c.valid_from AND coalesce(o.valid_to > c.valid_from, true)
  JOIN serve.sources s USING (source_id)
  GROUP BY c.indicator_id, c.valid_from
)
SELECT c.* EXCLUDE (valid_from, valid_to), n.last_period, n.row_id, n.published_on, n.published, n.known_on, c.valid_from, c.valid_to
FROM counted c LEFT JOIN newest n USING (indicator_id, valid_from)
