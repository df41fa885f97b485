-- Sources with what rests on each
SELECT s.row_id, s.place, s.source_id, s.url, s.title, s.publisher, s.origin, s.edition, s.published, s.read_on,
       s.kind AS source_kind, s.language, s.licence, s.reuse, s.redistribute, s.attribution, s.note,
       coalesce(o.n, 0) AS n_observations
FROM core.sources s
LEFT JOIN (SELECT source_id, count(*) AS n FROM core.observations GROUP BY source_id) o USING (source_id)
