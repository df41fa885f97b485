"""Every source, its age, and the quality of what it carries."""
