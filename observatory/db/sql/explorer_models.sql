-- AI models as known on $as_of.
SELECT m.row_id, m.place, m.model_id, m.name, m.native_name, m.org_id, g.name AS org, m.economy_id, [m.economy_id] AS places,
       m.released, m.period_start, m.period_end, m.modality, m.params_b, m.active_params_b, m.context_tokens, m.open_weights,
       m.licence AS model_licence, m.notable_epoch, m.status, m.status_reason, m.confidence, m.source_id, m.locator, m.note,
       m.known_on,
       concat_ws(' ', m.model_id, m.name, m.native_name, n.names, g.name, g.native_name, m.licence, m.released, m.locator, m.note) AS search
FROM serve.models m
LEFT JOIN (SELECT model_id, string_agg(name, ' ') AS names FROM serve.model_names GROUP BY model_id) n USING (model_id)
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = m.org_id
WHERE m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)
