-- AI clusters, running and planned
SELECT k.row_id, k.place, k.cluster_id, k.name, k.owner_org_id, k.economy_id, k.chip, k.chip_count, k.power_mw,
       k.h100_equivalents, k.status AS cluster_status, k.date, k.period_start, k.period_end, k.source_id, k.locator,
       k.confidence, k.note, k.known_on, t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.clusters k
JOIN core.row_status t USING (row_id)
