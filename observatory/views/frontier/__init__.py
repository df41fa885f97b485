"""Months behind the frontier, inside declared scales."""
