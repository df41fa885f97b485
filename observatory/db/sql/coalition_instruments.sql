-- Instruments that at least two of $members joined (as party, signatory or partner), as known on $as_of.
WITH named AS (
  SELECT policy_id, list(DISTINCT party_id ORDER BY party_id) FILTER (WHERE list_contains($members, party_id)) AS inside,
         count(DISTINCT party_name) AS n_parties
  FROM serve.policy_parties WHERE role IN ('party', 'signatory', 'partner') GROUP BY policy_id
)
SELECT p.policy_id, p.row_id, p.title, p.title_native, p.economy_id, p.kind, p.policy_status, p.date, p.period_end,
       p.source_id, p.status, p.known_on, array_to_string(n.inside, ',') AS parties, n.n_parties
FROM named n JOIN serve.policies p USING (policy_id)
WHERE len(n.inside) >= 2 AND p.is_lead AND p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true)
ORDER BY p.period_end DESC, p.policy_id
