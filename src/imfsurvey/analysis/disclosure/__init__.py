"""Disclosure control for results by group: what may be shown so that nobody can be worked out.

`cells` splits the responses into the cells of the finest cross, `hiding` decides which figures
are shown, `span` proves that no small group follows from all that was ever released, `bounds`
says which range an outsider can still work out for what is hidden. `shares` makes a small
group's figures coarser.
"""
