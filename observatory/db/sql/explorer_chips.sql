-- What each source says of AI chips, as known on $as_of.
SELECT h.row_id, h.place, h.chip_id, h.name, h.native_name, h.org_id, g.name AS org, h.economy_id, [h.economy_id] AS places,
       h.released, h.period_start, h.period_end, h.process_nm, h.foundry, h.memory_type, h.memory_gb, h.memory_bandwidth_gbs,
       h.fp16_tflops, h.int8_tops, h.tdp_w, h.chip_status, h.status, h.status_reason, h.is_lead AS chosen, h.confidence,
       h.source_id, h.locator, h.note, h.known_on,
       concat_ws(' ', h.chip_id, h.name, h.native_name, g.name, g.native_name, h.foundry, h.memory_type, h.released, h.locator,
                 h.note) AS search
FROM serve.chips h
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = h.org_id
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
