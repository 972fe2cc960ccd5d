"""The gates of slices: each names the days of a slice that break it, of numbers it is given."""
