-- AI models
SELECT m.row_id, m.place, m.model_id, m.name, m.native_name, m.org_id, m.economy_id, m.released, m.period_start,
       m.period_end, m.period_precision, m.modality, m.params_b, m.active_params_b, m.context_tokens, m.open_weights,
       m.licence, m.notable_epoch, m.source_id, m.locator, m.confidence, m.note, m.known_on,
       t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.models m
JOIN core.row_status t USING (row_id)
