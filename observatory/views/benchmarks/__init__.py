"""The leaderboard page: boards that never mix versions or dates."""
