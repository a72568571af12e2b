"""The integrity policy of a study: one text, its state, what the study has to suggest for it."""
