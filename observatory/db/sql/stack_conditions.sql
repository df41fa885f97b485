-- Rule of the stack: conditions, in the order of the file.
SELECT * FROM serve.stack_conditions ORDER BY position
