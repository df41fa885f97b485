-- Sources by id, or all.
SELECT source_id, url, title, publisher, origin, edition, published, read_on, source_kind, language, licence, reuse,
       attribution, note, n_observations
FROM serve.sources WHERE $ids IS NULL OR list_contains($ids, source_id) ORDER BY source_id
