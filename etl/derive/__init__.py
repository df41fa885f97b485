"""What the build works out from curated rows: status, headline, dollars, events."""
