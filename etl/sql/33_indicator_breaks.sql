-- Where values of an indicator stop being comparable over time, and why; empty starts: no two periods compare
SELECT row_id, place, indicator_id, starts, entity_id, reason FROM core.indicator_breaks
