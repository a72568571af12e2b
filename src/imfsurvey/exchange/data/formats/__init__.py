"""The kinds of data files: each writes a table, and reads it back to be counted."""
