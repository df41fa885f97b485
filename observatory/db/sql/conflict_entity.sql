-- Whether several usable rows tell of any one value of $entity, as known on $as_of.
SELECT count(*) > 0 AS told FROM (
  SELECT indicator_id, cell_id FROM serve.observations
  WHERE entity_id = $entity AND status <> 'superseded' AND valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
  GROUP BY ALL HAVING count(*) > 1
)
