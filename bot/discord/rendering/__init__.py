"""What is found, as Discord's markup."""
