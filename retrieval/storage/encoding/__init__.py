"""Text -> vectors: the models in this process, and what they make of each token."""
