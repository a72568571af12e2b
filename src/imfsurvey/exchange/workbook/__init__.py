"""Any workbooks: `opening` gives their sheets, `writing` makes a new one.

The file is read by `process` and `faults`, in a program of its own.
"""
