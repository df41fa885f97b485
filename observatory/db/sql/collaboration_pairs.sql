-- Newest quarter of developers' collaboration by pair of economies, as known on $as_of.
SELECT h.indicator_id, h.entity_id, i.counterpart_id, h.value, h.period, h.period_end, h.row_id, h.status, h.source_id,
       h.known_on
FROM serve.headlines h
JOIN serve.indicators i USING (indicator_id)
JOIN serve.economies e ON e.economy_id = h.entity_id
WHERE i.counterpart_id IS NOT NULL AND starts_with(h.indicator_id, 'github_collaboration_to_') AND e.group_id <> 'other'
  AND h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true) AND h.is_headline
QUALIFY row_number() OVER (PARTITION BY h.indicator_id, h.entity_id ORDER BY h.period_end DESC, h.row_id) = 1
ORDER BY h.entity_id, i.counterpart_id
