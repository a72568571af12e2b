"""Files: `opening` gives sheets (read by `process`), `reading` a `Form` of them; `writing` back."""
