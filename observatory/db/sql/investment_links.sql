-- Deals that are part of another, or may be.
SELECT deal_id, relation, related_deal_id, basis FROM serve.deal_links ORDER BY deal_id, related_deal_id
