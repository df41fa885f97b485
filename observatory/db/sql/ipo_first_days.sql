-- Chosen values of the first trading day of companies, as known on $as_of: change and closing price.
SELECT h.indicator_id, h.entity_id AS org_id, h.period, h.period_start, h.period_end, h.value, h.value_text, h.unit,
       h.status, h.row_id, h.source_id, h.known_on, h.n_sources
FROM serve.headlines h
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
  AND h.indicator_id IN ('ipo_first_day_return', 'ipo_first_day_close_hkd_per_share', 'ipo_first_day_close_cny_per_share')
ORDER BY h.indicator_id, h.entity_id, h.period_end
