-- Periods of which each economy, province or organisation has a value, and those with a chosen one, with the days
SELECT DISTINCT false AS lead, entity_id, period, valid_from, valid_to FROM serve.observations
UNION ALL
SELECT DISTINCT true, entity_id, period, valid_from, valid_to FROM serve.headlines WHERE is_headline
