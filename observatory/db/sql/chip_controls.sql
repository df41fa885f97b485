-- Rules and agreements on chips and their trade, newest first, as known on $as_of; the leading row of each,
-- with what amends it (a suspension) and what follows that (the day it ends).
WITH mine AS (
  SELECT p.* FROM serve.policies p
  JOIN serve.policy_topics t ON t.policy_id = p.policy_id AND t.topic = 'chips_export_control'
  WHERE p.valid_from <= $as_of AND coalesce(p.valid_to > $as_of, true) AND p.is_lead
),
ends AS (
  SELECT pause.related_policy_id AS policy_id, stop.policy_id AS end_id, e.date AS end_date, e.period_end AS end_day,
         e.row_id AS end_row
  FROM serve.policy_links pause
  JOIN serve.policy_links stop ON stop.related_policy_id = pause.policy_id AND stop.relation = 'follows'
  JOIN mine e ON e.policy_id = stop.policy_id
  WHERE pause.relation = 'amends'
),
parties AS (
  SELECT policy_id, list(DISTINCT party_id) FILTER (WHERE party_kind = 'economy' AND role = 'target') AS targets
  FROM serve.policy_parties GROUP BY policy_id
)
SELECT m.*, e.end_date, e.end_day, e.end_row, e.end_id, a.targets
FROM mine m LEFT JOIN ends e USING (policy_id) LEFT JOIN parties a USING (policy_id)
ORDER BY m.period_end DESC NULLS LAST, m.policy_id
