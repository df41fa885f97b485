-- Cells of observations on which several usable rows differ, as known on $as_of: what was done, how far apart, the newest.
SELECT cell_id, indicator_id, entity_id, CASE WHEN list_contains(string_split(differs, ';'), 'value') THEN spread ELSE 0 END AS spread,
       outcome, last_known
FROM serve.conflicts
WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true) AND table_name = 'observations' AND n_usable > 1
