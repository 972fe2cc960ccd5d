"""Demo data with a story in it: pure, seeded by date. Reads no clock and writes nowhere."""
