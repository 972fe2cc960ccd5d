"""The only place with SQL: Callboard's own store, and questions to the feeds of others."""
