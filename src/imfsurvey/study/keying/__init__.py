"""Sheets of paper typed in: each of them twice, compared, then stored like any response."""
