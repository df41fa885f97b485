-- Chosen values of measures of companies, with the companies' names and home economies, as known on $as_of.
SELECT h.indicator_id, h.entity_id, h.period, h.period_start, h.period_end, h.period_precision, h.value, h.value_text,
       h.unit, h.status, h.is_forecast, h.row_id, h.source_id, h.known_on, g.economy_id, g.name AS org_name,
       g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.headlines h
JOIN (SELECT DISTINCT org_id, economy_id, name, native_name, native_language FROM serve.organizations) g
  ON g.org_id = h.entity_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true) AND h.is_headline
  AND list_contains($ids, h.indicator_id)
ORDER BY h.indicator_id, h.period_end, h.value DESC, h.entity_id, h.row_id
