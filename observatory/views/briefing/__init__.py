"""The Briefing: who leads in each pillar, how sure that is, what changed."""
