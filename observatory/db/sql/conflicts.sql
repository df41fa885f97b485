-- Where sources differ on an entity's values (null: all), widest first.
SELECT c.*, i.name, i.short_name, i.unit, i.unit_label, i.currency, i.scale
FROM serve.conflicts c JOIN serve.indicators i USING (indicator_id)
WHERE c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true) AND ($entity IS NULL OR c.entity_id = $entity)
ORDER BY c.spread DESC, c.cell_id
