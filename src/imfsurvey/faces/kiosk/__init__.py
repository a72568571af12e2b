"""One laptop handed round: a process of its own for each person, and nothing left in between."""
