"""Formats whose libraries could be made to hang or to eat memory, read in a process of its own."""
