-- Organisations as known on $as_of.
SELECT g.row_id, g.org_id, g.name, g.native_name, g.native_language, g.economy_id, g.kind, g.stack_layer,
       g.parent_org_id, g.founded, g.tickers, g.website, g.status, g.status_reason, g.known_on,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.organizations g JOIN serve.sources s USING (source_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
