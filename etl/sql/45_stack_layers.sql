-- Layers of the stack
SELECT * FROM core.stack_layers
