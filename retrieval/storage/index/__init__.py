"""The vectors in Chroma, who owns it, what it still lacks, and how it is mended from the catalogue."""
