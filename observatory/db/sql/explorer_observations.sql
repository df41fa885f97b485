-- Every value as known on $as_of, with the names of what is measured and of whom; without $cells (when rows are only
-- counted) nothing is said of what was chosen.
SELECT o.row_id, o.place, o.indicator_id, i.short_name AS measure, i.domain, i.pillar, i.value_kind, o.entity_id,
       coalesce(e.name_en, g.name, b.name_en) AS entity,
       CASE WHEN e.economy_id IS NOT NULL THEN 'economy' WHEN b.subnational_id IS NOT NULL THEN 'province'
            ELSE 'organization' END AS entity_kind,
       coalesce(e.economy_id, g.economy_id, b.economy_id) AS economy_id,
       [coalesce(e.economy_id, g.economy_id, b.economy_id)] AS places,
       o.period, o.period_start, o.period_end, o.span, o.value, o.value_text, o.unit, i.unit_label, o.status,
       o.status_reason, o.is_forecast, o.confidence, coalesce(c.chosen_row_id = o.row_id, false) AS chosen,
       c.n_sources, c.n_origins, o.source_id, o.locator, o.note, o.known_on
FROM serve.observations o
JOIN serve.indicators i USING (indicator_id)
LEFT JOIN serve.economies e ON e.economy_id = o.entity_id
LEFT JOIN serve.subnational b ON b.subnational_id = o.entity_id
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = o.entity_id
LEFT JOIN serve.cells c ON $cells AND c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
