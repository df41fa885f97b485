-- Chosen values and, of each, the value of the period before it, of the same measure, entity and length of period; in the
-- shape of evidence_facts as far as steps between them need it. Forecasts are no such values.
WITH asked AS MATERIALIZED (SELECT row_id, indicator_id FROM serve.row_keys WHERE row_id IN (SELECT unnest($ids::VARCHAR[]))),
series AS MATERIALIZED (
  SELECT row_id, indicator_id, lag(row_id) OVER (PARTITION BY indicator_id, entity_id, period_precision ORDER BY period_end, row_id) AS earlier
  FROM serve.headlines
  WHERE indicator_id IN (SELECT indicator_id FROM asked) AND is_headline AND value IS NOT NULL AND NOT is_forecast
    AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
), wanted AS (
  SELECT DISTINCT indicator_id, unnest([row_id, earlier]) AS row_id FROM series
  WHERE earlier IS NOT NULL AND row_id IN (SELECT row_id FROM asked)
)
SELECT 'observations' AS kind, h.row_id, h.entity_id AS economy_id, NULL::VARCHAR AS org_id, h.indicator_id, h.period AS date,
       h.value AS amount, h.value_text AS text, h.unit, NULL::DOUBLE AS usd, NULL::VARCHAR AS state, h.status, h.status_reason,
       h.source_id, h.known_on, true AS is_shown, true AS is_chosen
FROM serve.headlines h
JOIN wanted w ON w.indicator_id = h.indicator_id AND w.row_id = h.row_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
ORDER BY h.row_id
