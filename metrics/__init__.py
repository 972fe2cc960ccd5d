"""What we measure and how we judge it. Pure: no database, no screen, no clock."""
