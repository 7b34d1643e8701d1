"""What a question leaves to the conversation: who "he" is, which article it is asked of, what is asked again."""
