-- Conditions on the rows that a sign counts
SELECT * FROM core.stack_conditions
