-- Organisations as known on $as_of.
SELECT g.row_id, g.place, g.org_id, g.name, g.native_name, n.names AS other_names, g.economy_id, [g.economy_id] AS places, g.kind,
       g.stack_layer, g.parent_org_id, g.founded, g.tickers, g.website, g.status, g.status_reason, g.source_id, g.note, g.known_on,
       concat_ws(' ', g.org_id, g.name, g.native_name, n.names, g.tickers, g.website, g.note) AS search
FROM serve.organizations g
LEFT JOIN (SELECT org_id, string_agg(name, '; ' ORDER BY name) AS names FROM serve.names GROUP BY org_id) n USING (org_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
