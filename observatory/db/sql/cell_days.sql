-- Cells of observations on file, and those of several usable rows, as known on $as_of.
SELECT coalesce(any_value(n_cells), 0) AS n_cells, coalesce(any_value(n_several), 0) AS n_several
FROM serve.cell_days WHERE valid_from <= $as_of AND coalesce(valid_to > $as_of, true)
