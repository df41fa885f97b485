-- Where values of indicators stop being comparable over time, and why.
SELECT row_id, indicator_id, starts, entity_id, reason FROM serve.indicator_breaks ORDER BY indicator_id, starts, entity_id
