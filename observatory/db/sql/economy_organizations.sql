-- Organisations of one economy with counts of what is on file and their newest event.
SELECT g.row_id, g.org_id, g.name, g.native_name, g.native_language, g.kind, g.stack_layer, g.tickers, g.status,
       (SELECT count(*) FROM serve.models m WHERE m.org_id = g.org_id AND m.valid_from <= $as_of AND coalesce(m.valid_to > $as_of, true)) AS n_models,
       (SELECT count(DISTINCT d.deal_id) FROM serve.deals d WHERE d.org_id = g.org_id AND d.valid_from <= $as_of AND coalesce(d.valid_to > $as_of, true)) AS n_deals,
       (SELECT count(DISTINCT i.event_id) FROM serve.ipo_events i WHERE i.org_id = g.org_id AND i.valid_from <= $as_of AND coalesce(i.valid_to > $as_of, true)) AS n_stages,
       (SELECT max(e.date_start) FROM serve.events e WHERE e.org_id = g.org_id AND e.date_start <= $today AND e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)) AS newest
FROM serve.organizations g
WHERE g.economy_id = $economy AND g.valid_from <= $as_of AND coalesce(g.valid_to > $as_of, true)
ORDER BY newest DESC NULLS LAST, n_models DESC, g.name
