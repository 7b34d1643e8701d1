"""Every prompt as a text file, and one loader."""
