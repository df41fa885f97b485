"""The release bundle: the openly licensed rows in files that need nothing of ours to be read."""
