-- Other names of models
SELECT model_id, language, name, kind FROM core.model_names
