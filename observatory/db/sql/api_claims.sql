-- Claims of the founding documents with the verdict that stood on $as_of. A check rests on two sources at most: on the less open.
SELECT c.row_id, c.claim_id, c.document, c.statement, c.entity_ids, c.topic, c.claimed_value, c.claimed_unit, c.period,
       c.verdict, c.evidence, c.fault, c.checked_on, t.status, t.status_reason, c.second_source_id, c.related_indicator_ids,
       c.related_policy_ids, c.related_ipo_ids, c.related_deal_ids, c.related_benchmark_ids, c.related_model_ids,
       c.confidence, c.known_on, c.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url, s.licence AS source_licence,
       CASE WHEN 'closed' IN (s.reuse::VARCHAR, coalesce(z.reuse::VARCHAR, 'open')) THEN 'closed'
            WHEN 'quotable' IN (s.reuse::VARCHAR, coalesce(z.reuse::VARCHAR, 'open')) THEN 'quotable' ELSE 'open' END AS reuse,
       s.attribution
FROM serve.claims c
JOIN serve.sources s ON s.source_id = c.source_id
LEFT JOIN serve.sources z ON z.source_id = c.second_source_id
LEFT JOIN serve.states t ON t.row_id = c.row_id AND t.valid_from <= $as_of AND coalesce(t.valid_to > $as_of, true)
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
