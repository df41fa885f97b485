-- Organisations, with the status of their identity row over time
SELECT g.row_id, g.place, g.org_id, g.name, g.native_name, g.native_language, g.economy_id, g.kind, g.stack_layer,
       g.parent_org_id, g.founded, g.tickers, g.website, g.source_id, g.note, t.status, t.reason AS status_reason,
       g.known_on, t.valid_from, t.valid_to
FROM core.organizations g
JOIN core.row_status t USING (row_id)
