"""Any workbooks: `opening` gives their sheets (read by `process`), `writing` makes a new one."""
