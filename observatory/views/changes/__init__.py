"""What changed between two days or builds."""
