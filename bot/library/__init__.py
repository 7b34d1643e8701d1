"""The library in a process of its own, and how the bot speaks with it."""
