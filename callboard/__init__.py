"""Callboard: a service-quality benchmark dashboard over a database, with contracts it can trust."""

__version__ = "2026.1"
