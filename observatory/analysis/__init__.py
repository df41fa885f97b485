"""Pure functions on frames: who is compared when, ranks, positions, changes."""
