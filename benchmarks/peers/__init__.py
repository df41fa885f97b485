"""The page of an economy's trends in other frameworks, measured beside ours. See benchmarks/README.md."""
