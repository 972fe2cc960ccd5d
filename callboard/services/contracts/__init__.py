"""What a contract becomes: a suite, a page, a difference, a second verdict on past runs."""
