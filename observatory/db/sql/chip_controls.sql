-- Rules and agreements on chips and their trade, newest first, as known on $as_of; the leading row of each,
-- with what suspends it, since when, and the day that ends.
WITH mine AS (
  SELECT p.* FROM serve.policies p
  JOIN serve.policy_topics t ON t.policy_id = p.policy_id AND t.topic = 'chips_export_control'
  WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true) AND p.is_lead
),
ends AS (
  SELECT pause.related_policy_id AS policy_id, s.date AS pause_start, stop.policy_id AS end_id, e.date AS end_date, e.row_id AS end_row
  FROM serve.policy_links pause
  JOIN mine s ON s.policy_id = pause.policy_id
  LEFT JOIN serve.policy_links stop ON stop.related_policy_id = pause.policy_id AND stop.relation = 'ends'
  LEFT JOIN mine e ON e.policy_id = stop.policy_id
  WHERE pause.relation = 'suspends'
),
overs AS (
  SELECT l.related_policy_id AS policy_id, max_by(e.date, e.period_end) AS until
  FROM serve.policy_links l JOIN mine e USING (policy_id) WHERE l.relation = 'ends' GROUP BY 1
),
parties AS (
  SELECT policy_id, list(DISTINCT party_id ORDER BY party_id) FILTER (WHERE party_kind = 'economy' AND role = 'target') AS targets
  FROM serve.policy_parties GROUP BY policy_id
)
SELECT m.*, e.pause_start, e.end_date, e.end_row, e.end_id, o.until, a.targets
FROM mine m LEFT JOIN ends e USING (policy_id) LEFT JOIN overs o USING (policy_id) LEFT JOIN parties a USING (policy_id)
ORDER BY m.period_end DESC NULLS LAST, m.policy_id
