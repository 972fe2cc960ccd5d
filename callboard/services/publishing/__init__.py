"""Benchmark files: examined, previewed, published, withdrawn."""
