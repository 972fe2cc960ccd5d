"""Workspaces to begin with: the demo, the flights, a scaffold."""
