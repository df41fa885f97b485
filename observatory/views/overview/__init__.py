"""All economies in any measure and year."""
