"""OnRecord on Discord: `/ask`, mentions and replies, answered with numbered sources."""
