-- Other names of models, of one where $model is given.
SELECT model_id, language, name, kind FROM serve.model_names
WHERE $model IS NULL OR model_id = $model
ORDER BY model_id, kind, name
