-- What each source says of policies, laws, programmes and disputes, as known on $as_of.
SELECT p.row_id, p.policy_id, p.economy_id, p.date, p.period_start, p.period_end, p.period_precision, p.effective_from, p.kind,
       p.policy_status, p.actor, p.issuer_org_id, p.title, p.title_native, p.summary,
       (SELECT string_agg(topic, ';' ORDER BY topic) FROM serve.policy_topics t WHERE t.policy_id = p.policy_id) AS topics,
       (SELECT string_agg(DISTINCT party_id, ';' ORDER BY party_id) FROM serve.policy_parties q
        WHERE q.policy_id = p.policy_id AND party_kind IN ('economy', 'organization')) AS parties,
       p.status, p.status_reason, p.is_lead, p.n_sources, p.confidence, p.known_on, p.locator,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.policies p JOIN serve.sources s USING (source_id)
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
