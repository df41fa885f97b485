"""The profile of one economy."""
