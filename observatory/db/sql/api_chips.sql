-- What each source says of AI chips, as known on $as_of.
SELECT h.row_id, h.chip_id, h.name, h.native_name, h.org_id, h.economy_id, h.kind, h.released, h.period_start, h.period_end,
       h.process_nm, h.foundry, h.memory_type, h.memory_gb, h.memory_bandwidth_gbs, h.fp16_tflops, h.fp16_format, h.int8_tops, h.tdp_w,
       h.chip_status, h.not_compared, h.status, h.status_reason, h.is_lead, h.confidence, h.known_on, h.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.chips h JOIN serve.sources s USING (source_id)
WHERE h.valid_from <= $as_of AND coalesce(h.valid_to > $as_of, true)
