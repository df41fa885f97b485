-- Cells of some rows.
SELECT DISTINCT cell_id FROM serve.row_keys WHERE row_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY cell_id
