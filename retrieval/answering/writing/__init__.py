"""Answers in a language model's words: what it is given, what it wrote, what of that may stand."""
