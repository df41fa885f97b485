-- Dated events that may fall after $first or were told before their date, as known on $as_of, with their sources.
WITH told AS (
  SELECT DISTINCT row_id, source_id, known_on, policy_status::VARCHAR AS word, summary, policy_id FROM serve.policies
  UNION ALL SELECT DISTINCT row_id, source_id, known_on, stage::VARCHAR, NULL, NULL FROM serve.ipo_events
  UNION ALL SELECT DISTINCT row_id, source_id, known_on, chip_status::VARCHAR, NULL, NULL FROM serve.chips
  UNION ALL SELECT DISTINCT row_id, source_id, known_on, NULL, NULL, NULL FROM serve.models
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  UNION ALL SELECT DISTINCT row_id, source_id, known_on, NULL, NULL, NULL FROM serve.deals
)
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end, e.date_precision,
       e.effective, e.title, e.title_native, e.usd, e.status, k.source_id, k.known_on, k.word, k.summary, k.policy_id,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.events e
LEFT JOIN told k ON k.row_id = e.row_id
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g ON g.org_id = e.org_id
WHERE e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)
  AND (e.date_start > $first OR e.date_start > k.known_on)
ORDER BY e.date_end, e.event_id
