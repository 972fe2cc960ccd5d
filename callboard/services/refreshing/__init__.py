"""From feeds to readings: asked, judged, written, and kept up to date."""
