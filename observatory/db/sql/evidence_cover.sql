-- How each indicator covers each economy by $as_of (null $year: the newest period; else periods ending in that year).
SELECT h.indicator_id, h.entity_id AS economy_id, count(*) AS n, arg_max(h.period, (h.period_end, h.row_id)) AS period,
       max(h.period_end) AS period_end, min(h.period_end) AS first_end, arg_max(h.row_id, (h.period_end, h.row_id)) AS row_id,
       arg_max(h.status, (h.period_end, h.row_id))::VARCHAR AS status, bool_and(h.is_forecast) AS only_forecast
FROM serve.headlines h JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true) AND e.group_id NOT IN ('aggregate', 'other')
  AND ($year IS NULL OR year(h.period_end) = $year)
GROUP BY ALL ORDER BY h.indicator_id, h.entity_id
