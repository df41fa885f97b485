"""The scorecard: weights, ranks and how sure they are."""
