"""The published build, read only: which one is served, and the named queries over it."""
