-- What the build says of itself.
SELECT * FROM serve.build
