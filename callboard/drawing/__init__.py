"""Pictures of our own as SVG, for files that nothing else may draw in. Pure: numbers go in."""
