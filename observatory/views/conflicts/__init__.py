"""Where sources differ, what was chosen, and what another choice would change."""
