"""Pure functions of data: levels of a framework, perception figures, what may be shown."""
