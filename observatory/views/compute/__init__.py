"""Supercomputers, clusters and power."""
