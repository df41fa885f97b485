-- Quality of each indicator's values as known on $as_of: sources, makers, states, newest period and when it was published.
WITH o AS (
  SELECT o.*, s.origin, s.published FROM serve.observations o JOIN serve.sources s USING (source_id)
  WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
), newest AS (
  -- Forecasts say nothing of how far the figures reach.
  SELECT indicator_id, max(period_end) FILTER (NOT is_forecast) AS last_end FROM o GROUP BY indicator_id
)
SELECT o.indicator_id, count(*) AS n, count(DISTINCT o.entity_id) AS n_entities, count(DISTINCT o.source_id) AS n_sources,
       count(DISTINCT o.origin) AS n_origins,
       count(*) FILTER (o.status = 'official') AS official, count(*) FILTER (o.status = 'confirmed') AS confirmed,
       count(*) FILTER (o.status = 'reported') AS reported, count(*) FILTER (o.status = 'company_claim') AS company_claim,
       count(*) FILTER (o.status = 'estimate') AS estimate, count(*) FILTER (o.status = 'disputed') AS disputed,
       count(*) FILTER (o.status = 'unchecked') AS unchecked, count(*) FILTER (o.status = 'superseded') AS superseded,
       any_value(newest.last_end) AS last_end,
       arg_max(o.period, (o.period_end, o.row_id)) FILTER (NOT o.is_forecast) AS last_period,
       arg_max(o.row_id, (o.period_end, o.row_id)) FILTER (NOT o.is_forecast) AS row_id,
       min(o.known_on) FILTER (o.period_end = newest.last_end AND NOT o.is_forecast AND o.published IS NOT NULL) AS published_on,
       arg_min(o.published, (o.known_on, o.row_id)) FILTER (o.period_end = newest.last_end AND NOT o.is_forecast AND o.published IS NOT NULL)
         AS published,
       min(o.known_on) FILTER (o.period_end = newest.last_end AND NOT o.is_forecast) AS known_on
FROM o JOIN newest USING (indicator_id)
GROUP BY o.indicator_id ORDER BY o.indicator_id
