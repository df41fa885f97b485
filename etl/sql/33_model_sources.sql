-- What further sources say of models
SELECT row_id, place, model_id, name, released, params_b, open_weights, licence, source_id, locator, confidence, note, known_on
FROM core.model_sources
