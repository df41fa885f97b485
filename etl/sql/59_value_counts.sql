-- How many observations of each kind were known in which days: all of them, and those chosen for their cell
SELECT false AS lead, indicator_id, entity_id, source_id, unit, status, status_reason, is_forecast, valid_from, valid_to,
       count(*) AS n_rows
FROM serve.observations GROUP BY ALL
UNION ALL
SELECT true, indicator_id, entity_id, source_id, unit, status, status_reason, is_forecast, valid_from, valid_to, count(*)
FROM serve.headlines WHERE is_headline GROUP BY ALL
