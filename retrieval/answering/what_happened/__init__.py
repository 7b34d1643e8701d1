"""Answers to "what happened when", out of the events."""
