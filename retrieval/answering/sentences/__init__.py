"""Which sentences of the articles answer, how surely, and what else they need to be understood."""
