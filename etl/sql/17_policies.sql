-- Policies, laws, programmes and disputes: what each source says
SELECT p.row_id, p.place, p.policy_id, p.economy_id, p.date, p.period_start, p.period_end, p.period_precision,
       p.effective_from, p.kind, p.status AS policy_status, p.actor, p.issuer_org_id, p.title, p.title_native,
       p.summary, p.source_id, p.locator, p.confidence, p.note, p.known_on,
       t.status, t.reason AS status_reason, c.lead_row_id = p.row_id AS is_lead, c.n_sources,
       greatest(c.valid_from, t.valid_from) AS valid_from, least(c.valid_to, t.valid_to) AS valid_to
FROM core.policies p
JOIN core.row_status t USING (row_id)
JOIN core.cells c ON c.cell_id = t.cell_id
 AND t.valid_from < coalesce(c.valid_to, DATE '9999-12-31') AND c.valid_from < coalesce(t.valid_to, DATE '9999-12-31')
