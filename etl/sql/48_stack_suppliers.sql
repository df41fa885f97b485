-- Words that name suppliers of chips, foundries and weights
SELECT * FROM core.stack_suppliers
