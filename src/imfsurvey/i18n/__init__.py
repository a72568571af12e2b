"""Words, numbers and dates of the interface in fr, nl, en and de; the family of errors."""
