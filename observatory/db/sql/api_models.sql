-- AI models as known on $as_of.
SELECT m.row_id, m.model_id, m.name, m.native_name, m.org_id, m.economy_id, m.released, m.period_start, m.period_end,
       m.period_precision, m.modality, m.params_b, m.active_params_b, m.context_tokens, m.open_weights, m.licence,
       m.notable_epoch, m.status, m.status_reason, m.confidence, m.known_on, m.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.models m JOIN serve.sources s USING (source_id)
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
