-- Rule of the stack: signs, in the order of the file.
SELECT * FROM serve.stack_signs ORDER BY position
