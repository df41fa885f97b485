"""The pipeline of listings by stage."""
