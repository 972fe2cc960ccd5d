"""Messages out of Callboard, by webhook and by e-mail."""
