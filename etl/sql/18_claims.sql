-- Claims of the founding documents with verdict and evidence
SELECT c.row_id, c.place, c.claim_id, c.document, c.statement, c.entity_ids, c.topic, c.value AS claimed_value,
       c.unit AS claimed_unit, c.period, c.verdict, c.evidence, c.second_source_id, c.related_indicator_ids,
       c.related_policy_ids, c.related_ipo_ids, c.related_deal_ids, c.related_benchmark_ids, c.related_model_ids,
       c.dashboard_home, c.source_id, c.locator, c.confidence, c.note, c.known_on
FROM core.claims c
