-- Headline indicators with the newest period one economy holds (null: none), and how many of the scope hold any.
SELECT i.indicator_id, i.name, i.short_name, i.pillar, i.frequency,
       max(h.period) FILTER (h.entity_id = $economy AND h.is_headline) AS newest,
       max(h.period_end) FILTER (h.entity_id = $economy AND h.is_headline) AS newest_end,
       count(DISTINCT h.entity_id) FILTER (e.in_scope AND h.is_headline) AS n_scope,
       count(*) FILTER (h.entity_id = $economy AND NOT h.is_headline) AS n_without_headline
FROM serve.indicators i
LEFT JOIN serve.headlines h ON h.indicator_id = i.indicator_id AND h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
LEFT JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE i.headline
GROUP BY ALL ORDER BY i.pillar, i.indicator_id
