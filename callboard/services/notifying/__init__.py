"""Who is told that data broke its contract, came late, or is well again."""
