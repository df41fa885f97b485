"""Money by firmness and kind, deals, and who pays whom."""
