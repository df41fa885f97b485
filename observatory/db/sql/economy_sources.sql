-- Sources behind one economy's values, by how many rest on each.
SELECT s.source_id, s.title, s.publisher, s.origin, s.url, s.published, s.source_kind, s.reuse, s.language, o.n_rows, o.newest
FROM serve.entity_sources o JOIN serve.sources s USING (source_id)
WHERE o.entity_id = $economy AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
ORDER BY o.n_rows DESC, s.source_id
