"""File -> Article: formats, text, dates, titles, boilerplate, near-duplicates."""
