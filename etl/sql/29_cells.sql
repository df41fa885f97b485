-- Everything said of one thing over time: sources, spread, what was chosen
SELECT cell_id, table_name, valid_from, valid_to, lead_row_id, chosen_row_id, rule, n_rows, n_sources, n_origins, low, high, spread, differs
FROM core.cells
