-- Slips found in published rows and mended: what stood there, what stands there now, and why
SELECT row_id, place, correction_id, CAST(corrected_on AS DATE) AS corrected_on, table_name, thing_ids, what, was, now, why
FROM core.corrections
