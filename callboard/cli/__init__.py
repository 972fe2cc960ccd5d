"""The command line: data to standard output, talk to standard error. No figure is computed here."""

from callboard.cli.app import main

__all__ = ["main"]
