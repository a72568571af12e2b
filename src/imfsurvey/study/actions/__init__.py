"""The action plan of a study: what is done about weak topics, and what came of it."""
