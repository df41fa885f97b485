-- Rule of the stack: layers, in the order of the file.
SELECT * FROM serve.stack_layers ORDER BY position
