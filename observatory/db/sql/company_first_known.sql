-- First day on which one organisation, or anything filed under it, was known.
SELECT min(known_on) AS first_known FROM (
  SELECT known_on FROM serve.organizations WHERE org_id = $org
  UNION ALL SELECT known_on FROM serve.observations WHERE entity_id = $org
  UNION ALL SELECT known_on FROM serve.deals WHERE org_id = $org
  UNION ALL SELECT known_on FROM serve.ipo_events WHERE org_id = $org
  UNION ALL SELECT known_on FROM serve.models WHERE org_id = $org
)
