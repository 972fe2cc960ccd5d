"""Our values beside those of others, where they may be compared."""
