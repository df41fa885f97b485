-- AI clusters, running and planned, as known on $as_of.
SELECT k.row_id, k.place, k.cluster_id, k.name, k.owner_org_id AS org_id, g.name AS org, k.economy_id, [k.economy_id] AS places,
       k.chip, k.chip_count, k.power_mw, k.h100_equivalents, k.cluster_status, k.date, k.period_start, k.period_end, k.status,
       k.status_reason, k.confidence, k.source_id, k.locator, k.note, k.known_on,
       concat_ws(' ', k.cluster_id, k.name, g.name, g.native_name, k.chip, k.date, k.locator, k.note) AS search
FROM serve.clusters k
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = k.owner_org_id
WHERE k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
