-- Signs that grade a layer of the stack, with their steps and reasons
SELECT * FROM core.stack_signs
