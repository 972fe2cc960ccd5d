"""Bytes -> rows of text with line numbers -> typed cells; what cannot be read becomes a finding.

Steps, each its own module: decode, find the header, split, map, type. Nothing is guessed silently.
"""

from data_contracts.parsing.limits import Limits
from data_contracts.parsing.read import read_any_file
from data_contracts.parsing.table import Refused, TextTable

__all__ = ["Limits", "Refused", "TextTable", "read_any_file"]
