-- Every organisation as known on $as_of: what pickers and links need.
SELECT org_id, name, native_name, native_language, economy_id, kind, stack_layer, tickers, parent_org_id, row_id
FROM serve.organizations
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) ORDER BY name, org_id
