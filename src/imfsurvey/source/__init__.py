"""Reading what people wrote: YAML with line and column, problems with codes, content hashes."""
