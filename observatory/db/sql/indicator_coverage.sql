-- How far each indicator reaches as known on $as_of: economies of the scope, all entities, periods, values, disputes.
SELECT h.indicator_id,
       count(DISTINCT h.entity_id) FILTER (coalesce(e.in_scope, false)) AS n_scope,
       count(DISTINCT h.entity_id) FILTER (e.group_id NOT IN ('aggregate', 'other')) AS n_economies,
       count(DISTINCT h.entity_id) FILTER (e.economy_id IS NULL AND NOT h.entity_id LIKE 'CN-%') AS n_orgs,
       count(DISTINCT h.entity_id) FILTER (h.entity_id LIKE 'CN-%') AS n_provinces,
       min(h.period_end) AS first_end, max(h.period_end) AS last_end, arg_min(h.period, (h.period_end, h.row_id)) AS first_period,
       arg_max(h.period, (h.period_end, h.row_id)) AS last_period, count(*) AS n_cells,
       count(*) FILTER (h.status = 'disputed') AS n_disputed, count(DISTINCT h.source_id) AS n_sources
FROM serve.headlines h
LEFT JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true) AND coalesce(e.group_id, '') <> 'other'
GROUP BY h.indicator_id
ORDER BY h.indicator_id
