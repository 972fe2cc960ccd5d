"""One shift at somebody's own touchpoints: what needs him now, and what he hands over."""
