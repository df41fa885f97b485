-- AI clusters, running and planned, each as it was known from valid_from to valid_to
SELECT k.row_id, k.place, k.cluster_id, k.name, k.owner_org_id, k.economy_id, k.chip, k.chip_count, k.power_mw,
       k.h100_equivalents, k.status AS cluster_status, k.date, k.period_start, k.period_end, k.source_id, k.locator,
       k.confidence, k.note, k.known_on, t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.clusters k
JOIN core.row_status t USING (row_id)
UNION ALL
SELECT k.row_id, e.place, e.cluster_id, e.name, e.owner_org_id, e.economy_id, e.chip, e.chip_count, e.power_mw,
       e.h100_equivalents, e.status, e.date, e.period_start, e.period_end, e.source_id, e.locator,
       e.confidence, e.note, e.known_on, t.status, t.reason, t.valid_from,
       least(coalesce(t.valid_to, DATE '9999-12-31'), e.replaced_on::DATE)
FROM core.earlier_clusters e
JOIN core.clusters k USING (cluster_id)
JOIN core.row_status t ON t.row_id = e.row_id AND t.valid_from < e.replaced_on::DATE
