"""The directory of models, the page of one, and pairs of developers."""
