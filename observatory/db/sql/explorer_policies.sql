-- What each source says of policies, laws, programmes and disputes, as known on $as_of.
SELECT p.row_id, p.place, p.policy_id, p.economy_id, list_distinct([p.economy_id] || coalesce(y.parties, [])) AS places, p.date,
       p.period_start, p.period_end, p.effective_from, p.kind, p.policy_status, p.actor, p.issuer_org_id AS org_id, g.name AS org,
       p.title, p.title_native, p.summary, x.topics, p.status, p.status_reason, p.is_lead AS chosen, p.n_sources, p.confidence,
       p.source_id, p.locator, p.note, p.known_on,
       concat_ws(' ', p.policy_id, p.title, p.title_native, p.summary, x.topics, g.name, g.native_name, p.date, p.locator, p.note) AS search
FROM serve.policies p
LEFT JOIN (SELECT policy_id, string_agg(topic, '; ' ORDER BY topic) AS topics FROM serve.policy_topics GROUP BY policy_id) x
  USING (policy_id)
LEFT JOIN (SELECT policy_id, list(DISTINCT party_id) AS parties FROM serve.policy_parties WHERE party_kind = 'economy'
           GROUP BY policy_id) y USING (policy_id)
LEFT JOIN (SELECT org_id, any_value(name) AS name, any_value(native_name) AS native_name, any_value(economy_id) AS economy_id
           FROM serve.organizations GROUP BY org_id) g ON g.org_id = p.issuer_org_id
WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
