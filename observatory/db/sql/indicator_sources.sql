-- Sources behind the values of $indicator as known on $as_of, with how many rest on each and of which periods.
SELECT s.source_id, s.title, s.publisher, s.origin, s.edition, s.url, s.published, s.read_on, s.source_kind, s.licence,
       s.reuse, s.attribution, s.language, count(*) AS n, min(o.period) AS first_period, max(o.period) AS last_period,
       arg_max(o.row_id, (o.period_end, o.row_id)) AS row_id, max(o.known_on) AS known_on
FROM serve.observations o
JOIN serve.sources s USING (source_id)
WHERE o.indicator_id = $indicator AND o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
GROUP BY s.source_id, s.title, s.publisher, s.origin, s.edition, s.url, s.published, s.read_on, s.source_kind, s.licence,
         s.reuse, s.attribution, s.language
ORDER BY n DESC, s.source_id
