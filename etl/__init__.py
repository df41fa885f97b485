"""From curated files to an immutable database: read, check, derive, load, publish."""
