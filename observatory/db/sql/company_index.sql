-- Every organisation with counts of what is on file: the way in to the profiles.
SELECT g.org_id, g.name, g.native_name, g.native_language, g.economy_id, g.kind, g.stack_layer, g.tickers,
       coalesce(m.n, 0) AS n_models, coalesce(d.n, 0) AS n_deals, coalesce(i.n, 0) AS n_stages, coalesce(o.n, 0) AS n_values
FROM serve.organizations g
LEFT JOIN (SELECT org_id, count(*) AS n FROM serve.models WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id) m USING (org_id)
LEFT JOIN (SELECT org_id, count(DISTINCT deal_id) AS n FROM serve.deals WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id) d USING (org_id)
LEFT JOIN (SELECT org_id, count(DISTINCT event_id) AS n FROM serve.ipo_events WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY org_id) i USING (org_id)
LEFT JOIN (SELECT entity_id AS org_id, count(*) AS n FROM serve.observations WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) GROUP BY entity_id) o USING (org_id)
WHERE g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
ORDER BY g.economy_id, n_models + n_deals + n_stages + n_values DESC, g.name
