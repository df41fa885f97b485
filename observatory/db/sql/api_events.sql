-- One dated stream of policies, deals, listing stages, models and chips, as known on $as_of.
WITH rows AS (
  SELECT row_id, source_id FROM serve.policies UNION SELECT row_id, source_id FROM serve.deals
  UNION SELECT row_id, source_id FROM serve.ipo_events UNION SELECT row_id, source_id FROM serve.models
  UNION SELECT row_id, source_id FROM serve.chips
), things AS (
  -- Earlier states of a row may name another source: one of them stands for the row.
  SELECT row_id, min(source_id) AS source_id FROM rows GROUP BY row_id
)
SELECT e.event_id, e.row_id, e.kind, e.subkind, e.economy_id, e.org_id, e.date, e.date_start, e.date_end, e.date_precision,
       e.effective, e.title, e.title_native, e.usd, e.status, e.status_reason,
       s.source_id, s.title AS source_title, s.publisher AS source_publisher, s.url AS source_url,
       s.licence AS source_licence, s.reuse::VARCHAR AS reuse, s.attribution
FROM serve.events e JOIN things x ON x.row_id = e.row_id JOIN serve.sources s ON s.source_id = x.source_id
WHERE e.valid_from <= $as_of AND coalesce(e.valid_to > $as_of, true)
