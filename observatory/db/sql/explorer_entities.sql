-- Economies, provinces and organisations that have values as known on $as_of.
SELECT DISTINCT o.entity_id, coalesce(e.name_en, b.name_en, g.name, o.entity_id) AS name,
       CASE WHEN e.economy_id IS NOT NULL THEN 'economy' WHEN b.subnational_id IS NOT NULL THEN 'province'
            ELSE 'organization' END AS entity_kind
FROM serve.entity_sources o
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
LEFT JOIN serve.subnational b ON b.subnational_id = o.entity_id
LEFT JOIN (SELECT org_id, any_value(name) AS name FROM serve.organizations GROUP BY org_id) g ON g.org_id = o.entity_id
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
ORDER BY o.entity_id
