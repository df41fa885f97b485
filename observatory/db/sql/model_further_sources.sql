-- What further sources say of a model.
SELECT s.*, o.title AS source_title, o.origin, o.url FROM serve.model_sources s
JOIN serve.sources o USING (source_id)
WHERE s.model_id = $model AND s.known_on <= $as_of
ORDER BY s.known_on, s.source_id
