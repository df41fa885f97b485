"""One page in our app and in other frameworks. See benchmarks/README.md."""
