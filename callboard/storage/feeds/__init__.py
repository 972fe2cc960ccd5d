"""The databases of others: what a refresh asks them, as SQL of their own dialect."""
