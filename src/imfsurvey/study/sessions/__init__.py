"""Team sessions of a wave: rounds voted together, shown in the room, closed with a record."""
