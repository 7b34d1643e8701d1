"""Question -> understood Question -> ranked passages."""
