"""What changed lately, and what people do about it."""
