-- Corrections made by $as_of, the newest first.
SELECT correction_id, corrected_on, table_name, thing_ids, what, was, now, why, place
FROM serve.corrections WHERE corrected_on <= $as_of ORDER BY corrected_on DESC, correction_id DESC
