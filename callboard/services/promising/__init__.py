"""What we promise, from when, and what people say of how it is kept."""
