-- AI chips: what each source says
SELECT h.row_id, h.place, h.chip_id, h.name, h.native_name, h.org_id, h.economy_id, h.kind, h.released, h.period_start,
       h.period_end, h.process_nm, h.foundry, h.memory_type, h.memory_gb, h.memory_bandwidth_gbs, h.fp16_tflops,
       h.fp16_format, h.int8_tops, h.tdp_w, h.status AS chip_status, h.not_compared, h.source_id, h.locator,
       h.confidence, h.note, h.known_on,
       t.status, t.reason AS status_reason, c.lead_row_id = h.row_id AS is_lead,
       greatest(c.valid_from, t.valid_from) AS valid_from, least(c.valid_to, t.valid_to) AS valid_to
FROM core.chips h
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
