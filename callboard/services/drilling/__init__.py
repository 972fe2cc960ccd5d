"""From a tile to its cause: history, breakdown, rows."""
