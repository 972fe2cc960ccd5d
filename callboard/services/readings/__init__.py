"""What the store holds as series of values, each complete or not, and judged."""
