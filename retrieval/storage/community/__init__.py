"""What is kept of those who ask: their conversations, settings, opinions, and what they were shown."""
