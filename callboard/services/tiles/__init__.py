"""The pages of tiles: the overview, a touchpoint, today."""
