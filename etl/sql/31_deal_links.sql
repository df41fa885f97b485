-- Deals that are part of another or may overlap with it: never both in one total
SELECT deal_id, relation, related_deal_id, basis FROM core.deal_links
