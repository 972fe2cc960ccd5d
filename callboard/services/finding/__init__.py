"""Search: what there is to be found, and which of it fits the words that were typed."""
