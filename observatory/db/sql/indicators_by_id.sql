-- Indicators by id.
SELECT * FROM serve.indicators WHERE list_contains($ids, indicator_id) ORDER BY indicator_id
