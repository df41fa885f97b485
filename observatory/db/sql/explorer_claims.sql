-- Claims of the founding documents with the verdict that stood on $as_of.
SELECT c.row_id, c.place, c.claim_id, c.document, c.statement, c.entity_ids,
       list_transform(string_split(coalesce(c.entity_ids, ''), ';'), lambda x: coalesce(g.home[x], x)) AS places,
       c.topic, c.claimed_value, c.claimed_unit, c.period, c.verdict, c.evidence, c.fault, c.second_source_id, c.confidence,
       c.source_id, c.locator, c.note, c.known_on, c.checked_on,
       concat_ws(' ', c.claim_id, c.statement, c.entity_ids, c.topic, c.claimed_value, c.claimed_unit, c.evidence, c.locator, c.note) AS search
FROM serve.claims c
CROSS JOIN (SELECT map_from_entries(list((org_id, economy_id))) AS home
            FROM (SELECT org_id, any_value(economy_id) AS economy_id FROM serve.organizations GROUP BY org_id)) g
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
