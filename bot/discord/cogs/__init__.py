"""What people can call on Discord, and what the bot listens to: a cog for each subject."""
