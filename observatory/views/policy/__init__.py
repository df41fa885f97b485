"""Laws and programmes, one page each, rule books side by side."""
