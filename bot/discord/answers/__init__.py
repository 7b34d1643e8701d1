"""From a question on Discord to its answer: whose turn it is, what is shown meanwhile, and the buttons under it."""
