"""The catalogue (SQL), which is the truth, and the vectors (Chroma), which are derived from it."""
