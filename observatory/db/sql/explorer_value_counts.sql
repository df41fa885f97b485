-- Values as known on $as_of, counted by what they are alike in (n_rows), with the names of explorer_observations; with $lead
-- those that were chosen for their cell.
SELECT v.indicator_id, i.short_name AS measure, i.domain, i.pillar, i.value_kind, v.entity_id,
       coalesce(e.name_en, g.name, b.name_en) AS entity,
       CASE WHEN e.economy_id IS NOT NULL THEN 'economy' WHEN b.subnational_id IS NOT NULL THEN 'province'
            ELSE 'organization' END AS entity_kind,
       coalesce(e.economy_id, g.economy_id, b.economy_id) AS economy_id,
       [coalesce(e.economy_id, g.economy_id, b.economy_id)] AS places,
       v.unit, v.status, v.status_reason, v.is_forecast, v.source_id, v.n_rows
FROM serve.value_counts v
JOIN serve.indicators i USING (indicator_id)
LEFT JOIN serve.economies e ON e.economy_id = v.entity_id
LEFT JOIN serve.subnational b ON b.subnational_id = v.entity_id
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = v.entity_id
WHERE v.lead = $lead AND v.valid_from <= $as_of AND coalesce(v.valid_to > $as_of, true)
