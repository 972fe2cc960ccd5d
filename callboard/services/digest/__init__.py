"""The weekly digest: what the last whole week brought, by e-mail, with pictures inside."""
