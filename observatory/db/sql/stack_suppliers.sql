-- Rule of the stack: suppliers, in the order of the file.
SELECT * FROM serve.stack_suppliers ORDER BY position
