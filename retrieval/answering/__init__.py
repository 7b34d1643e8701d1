"""Ranked passages -> Answer: the sentences that answer, checked and cited."""
