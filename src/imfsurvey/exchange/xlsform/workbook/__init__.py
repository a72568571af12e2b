"""Files: `loading` gives the sheets of one, `reading` a `Form` of them; `writing` goes back."""
