"""Taking away what a page shows: reports from views, and the files they are written to."""
