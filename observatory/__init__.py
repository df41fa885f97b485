"""East Asia AI Observatory: the importable package the pages and the ETL are made of."""

__version__ = "0.1.0"
