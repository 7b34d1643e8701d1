"""OnRecord beside other ways of searching articles: the same articles, weights and machine, one after the other."""
