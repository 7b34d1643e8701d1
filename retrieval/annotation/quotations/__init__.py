"""Who said what: quotations with their speakers, read from an article."""
