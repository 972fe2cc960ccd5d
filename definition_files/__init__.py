"""Reads definition files strictly and says everything that is wrong with them at once.

Shared by `metrics` and `data_contracts`, which must not know each other. No I/O beyond reading
text.
"""

from definition_files.edits import (
    Edit,
    Level,
    Weight,
    edit,
    needed_level,
    needed_version,
    redefined,
    retold,
)
from definition_files.problem import Problem, nearest
from definition_files.yaml_file import (
    allowed_keys,
    as_model,
    load_yaml,
    parse_yaml,
    read_model,
)

__all__ = [
    "Edit",
    "Level",
    "Problem",
    "Weight",
    "allowed_keys",
    "as_model",
    "edit",
    "load_yaml",
    "nearest",
    "needed_level",
    "needed_version",
    "parse_yaml",
    "read_model",
    "redefined",
    "retold",
]
