"""The short answer before the sentence that carries it: a figure, a name, yes or no, what follows from two figures."""
