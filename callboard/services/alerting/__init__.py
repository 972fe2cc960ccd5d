"""What somebody wants to be told of: whether it is so now, and that it was told once."""
