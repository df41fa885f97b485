-- Cell and measure of every row, to find one by its id
SELECT DISTINCT t.row_id, t.cell_id, o.indicator_id
FROM core.row_status t
LEFT JOIN core.observations o USING (row_id)
