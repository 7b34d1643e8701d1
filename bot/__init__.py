"""What people touch: the terminal and Discord."""
