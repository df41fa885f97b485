-- Deals of one economy (by the organisation's home or as host) or one organisation: all rows, leads marked.
SELECT d.*, g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language, g.economy_id AS org_economy_id
FROM serve.deals d
JOIN (SELECT DISTINCT org_id, name, native_name, native_language, economy_id FROM serve.organizations) g ON g.org_id = d.org_id
WHERE d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)
  AND ($economy IS NULL OR g.economy_id = $economy OR d.host_economy = $economy)
  AND ($org IS NULL OR d.org_id = $org
       OR d.deal_id IN (SELECT deal_id FROM serve.deal_parties WHERE party_id = $org))
ORDER BY d.period_end DESC, d.deal_id, d.is_lead DESC, d.row_id
