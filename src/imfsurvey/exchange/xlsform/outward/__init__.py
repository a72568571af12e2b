"""The way out: `survey` makes the rows, with `choices`, `columns` and, for logic, `expressions`."""
