-- What is shown of every cell of observations as known on $as_of, as two numbers: to compare two builds without reading both.
SELECT hash(o.cell_id) AS cell,
       hash(row(o.row_id, c.chosen_row_id, o.value, o.value_text, o.period, o.is_forecast, o.unit, o.status::VARCHAR)) AS said
FROM serve.observations o
JOIN serve.cells c ON c.cell_id = o.cell_id AND c.valid_from <= $as_of AND coalesce(c.valid_to > $as_of, true)
 AND o.row_id = coalesce(c.chosen_row_id, c.lead_row_id)
WHERE o.valid_from <= $as_of AND coalesce(o.valid_to > $as_of, true)
