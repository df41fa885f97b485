-- Periods of which entities have a value as known on $as_of; with $lead those of values chosen for their cell.
SELECT v.entity_id, v.period,
       CASE WHEN e.economy_id IS NOT NULL THEN 'economy' WHEN b.subnational_id IS NOT NULL THEN 'province'
            ELSE 'organization' END AS entity_kind,
       coalesce(e.economy_id, g.economy_id, b.economy_id) AS economy_id,
       [coalesce(e.economy_id, g.economy_id, b.economy_id)] AS places, NULL::VARCHAR AS source_id
FROM serve.entity_periods v
LEFT JOIN serve.economies e ON e.economy_id = v.entity_id
LEFT JOIN serve.subnational b ON b.subnational_id = v.entity_id
LEFT JOIN (SELECT org_id, any_value(economy_id) AS economy_id FROM serve.organizations GROUP BY org_id) g ON g.org_id = v.entity_id
WHERE v.lead = $lead AND v.valid_from <= $as_of AND coalesce(v.valid_to > $as_of, true)
