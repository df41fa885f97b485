-- Status of every row over time
SELECT row_id, cell_id, valid_from, valid_to, status, reason AS status_reason FROM core.row_status
