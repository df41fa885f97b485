-- AI clusters, running and planned, as known on $as_of.
SELECT k.row_id, k.cluster_id, k.name, k.owner_org_id, k.economy_id, k.chip, k.chip_count, k.power_mw, k.h100_equivalents,
       k.cluster_status, k.date, k.period_start, k.period_end, k.status, k.status_reason, k.confidence, k.known_on, k.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.clusters k JOIN serve.sources s USING (source_id)
WHERE k.valid_from <= $as_of AND coalesce(k.valid_to > $as_of, true)
