"""Keep the facts current: fetch what publishers publish, say what would change, write on acceptance."""
