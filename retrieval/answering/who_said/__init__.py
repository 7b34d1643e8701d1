"""Answers to "who said what", out of the quotations."""
