"""The page of one measure, and the directory of all."""
