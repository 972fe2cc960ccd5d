"""Reads definition files strictly and says everything that is wrong with them at once.

Shared by `metrics` and `data_contracts`, which must not know each other. No I/O beyond reading
text.
"""

from definition_files.problem import Problem, nearest
from definition_files.yaml_file import (
    allowed_keys,
    as_model,
    load_yaml,
    parse_yaml,
    read_model,
)

__all__ = [
    "Problem",
    "allowed_keys",
    "as_model",
    "load_yaml",
    "nearest",
    "parse_yaml",
    "read_model",
]
