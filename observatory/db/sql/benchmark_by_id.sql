-- One benchmark.
SELECT * FROM serve.benchmarks WHERE benchmark_id = $id
