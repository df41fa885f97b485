"""Closed vocabularies and typed records: one definition used by the ETL, the tests and the docs."""
