-- What may stand as a marker on a chart: policies, export controls, notable models, deals and listings with an amount,
-- of some economies or (export controls) aimed at them or at organisations at home there, as known on $as_of.
WITH named AS (
  SELECT p.policy_id, list(DISTINCT coalesce(o.economy_id, p.party_id)) AS economies
  FROM serve.policy_parties p
  LEFT JOIN (SELECT DISTINCT org_id, economy_id FROM serve.organizations) o
    ON p.party_kind = 'organization' AND o.org_id = p.party_id
  WHERE p.role IN ('target', 'party') AND p.party_kind IN ('economy', 'organization')
  GROUP BY p.policy_id
)
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end,
       e.date_precision, e.title, e.title_native, e.usd, e.status, p.policy_id, p.actor, p.policy_status, m.params_b,
       g.name AS org_name, g.native_name AS org_native_name, g.native_language AS org_language
FROM serve.events e
LEFT JOIN (SELECT DISTINCT org_id, name, native_name, native_language FROM serve.organizations) g ON g.org_id = e.org_id
LEFT JOIN (SELECT DISTINCT row_id, policy_id, actor, policy_status FROM serve.policies) p ON p.row_id = e.row_id
LEFT JOIN (
  SELECT DISTINCT row_id, params_b, notable_epoch FROM serve.models
  WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
) m ON m.row_id = e.row_id
LEFT JOIN named n ON n.policy_id = p.policy_id
WHERE e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)
  AND e.date_end >= $first AND e.date_start <= $last AND NOT e.effective
  AND e.status NOT IN ('unchecked', 'superseded', 'disputed')
  AND (e.kind IN ('policy', 'export_control') OR (e.kind = 'model' AND m.notable_epoch)
       OR (e.kind = 'deal' AND e.usd > 0) OR (e.kind = 'ipo' AND e.subkind = 'listed' AND e.usd > 0))
  AND (list_contains($economies, e.economy_id)
       OR (e.kind = 'export_control' AND list_has_any(n.economies, $economies)))
ORDER BY e.date_end, e.event_id
