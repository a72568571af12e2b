"""Data files: what a wave holds as tables with a codebook, written, read back and taken in."""
