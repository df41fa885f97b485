-- AI models, each as it was known from valid_from to valid_to
SELECT m.row_id, m.place, m.model_id, m.name, m.native_name, m.org_id, m.economy_id, m.released, m.period_start,
       m.period_end, m.period_precision, m.modality, m.params_b, m.active_params_b, m.context_tokens, m.open_weights,
       m.licence, m.notable_epoch, m.source_id, m.locator, m.confidence, m.note, m.known_on,
       t.status, t.reason AS status_reason, t.valid_from, t.valid_to
FROM core.models m
JOIN core.row_status t USING (row_id)
UNION ALL
SELECT m.row_id, e.place, e.model_id, e.name, e.native_name, e.org_id, e.economy_id, e.released, e.period_start,
       e.period_end, e.period_precision, e.modality, e.params_b, e.active_params_b, e.context_tokens, e.open_weights,
       e.licence, e.notable_epoch, e.source_id, e.locator, e.confidence, e.note, e.known_on,
       t.status, t.reason, t.valid_from, least(coalesce(t.valid_to, DATE '9999-12-31'), e.replaced_on::DATE)
FROM core.earlier_models e
JOIN core.models m USING (model_id)
JOIN core.row_status t ON t.row_id = e.row_id AND t.valid_from < e.replaced_on::DATE
