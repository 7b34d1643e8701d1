"""What a question asks: its form, its grammar, its words, and the questions that it holds."""
