"""The faces: what people see and type. No rule of the domain lives here."""
