-- The value chosen for each entity and period of $indicator (null in dispute), of economies, aggregates, provinces
-- and organisations, as known on $as_of. Economies of the group other are never shown.
SELECT h.indicator_id, h.cell_id, h.entity_id, h.period, h.span, h.period_start, h.period_end, h.period_precision,
       h.value, h.value_text, h.unit, h.status, h.status_reason, h.is_forecast, h.is_headline, h.row_id, h.source_id,
       h.known_on, h.rule, h.n_sources, h.low, h.high, s.origin, s.edition, s.publisher,
       CASE WHEN e.group_id = 'aggregate' THEN 'aggregate' WHEN e.economy_id IS NOT NULL THEN 'economy'
            WHEN u.subnational_id IS NOT NULL THEN 'province' ELSE 'organization' END AS entity_kind,
       coalesce(e.economy_id, u.economy_id, g.economy_id) AS economy_id, coalesce(u.name_en, g.name) AS name,
       coalesce(u.name_native, g.native_name) AS native_name, coalesce(g.native_language, 'zh-Hans') AS native_language,
       k.short_name
FROM serve.headlines h
JOIN serve.sources s USING (source_id)
LEFT JOIN serve.economies e ON e.economy_id = h.entity_id
LEFT JOIN serve.subnational u ON u.subnational_id = h.entity_id
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g
  ON g.org_id = h.entity_id
LEFT JOIN (SELECT org_id, min(name) AS short_name FROM serve.names WHERE kind = 'short' AND language = 'en'
           GROUP BY org_id) k ON k.org_id = h.entity_id
WHERE h.indicator_id = $indicator AND h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
  AND coalesce(e.group_id, '') <> 'other'
ORDER BY h.entity_id, h.period_end, h.period
