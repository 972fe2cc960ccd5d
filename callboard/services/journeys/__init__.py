"""Journeys: drawn in a file or on screen, shown with the verdict of every step, kept for good."""
