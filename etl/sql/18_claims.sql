-- Claims of the founding documents with the verdict of each check and the days on which it stood
WITH checks AS (
  -- The first verdict was given on the day its source was read, however old the source.
  SELECT c.claim_id, greatest(c.known_on, CAST(s.read_on AS DATE)) AS checked_on, c.verdict, c.evidence,
         c.source_id, c.locator, c.confidence, c.note, 0 AS later
  FROM core.claims c JOIN core.sources s USING (source_id)
  UNION ALL
  SELECT claim_id, CAST(checked_on AS DATE), verdict, evidence, source_id, locator, confidence, note, 1 FROM core.claim_checks
)
SELECT c.row_id, c.place, c.claim_id, c.document, c.statement, c.entity_ids, c.topic, c.value AS claimed_value,
       c.unit AS claimed_unit, c.period, k.verdict, k.evidence,
       CASE WHEN k.later = 0 THEN c.second_source_id END AS second_source_id, c.related_indicator_ids,
       c.related_policy_ids, c.related_ipo_ids, c.related_deal_ids, c.related_benchmark_ids, c.related_model_ids,
       c.dashboard_home, CASE WHEN k.verdict = 'corroborated' THEN NULL ELSE c.fault END AS fault,
       k.source_id, k.locator, k.confidence, k.note, c.known_on, k.checked_on,
       k.checked_on AS valid_from,
       lead(k.checked_on) OVER (PARTITION BY c.claim_id ORDER BY k.checked_on, k.later) AS valid_to
FROM core.claims c
JOIN checks k USING (claim_id)
