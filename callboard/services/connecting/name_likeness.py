"""How alike names are; the same measure as in benchmark files."""

from definition_files.name_likeness import (
    NO_UNIT,
    OTHER_UNIT,
    SAME,
    SAME_WORDS,
    Name,
    best_likeness,
    likeness,
    read_name,
    unit_fit,
)

__all__ = [
    "NO_UNIT",
    "OTHER_UNIT",
    "SAME",
    "SAME_WORDS",
    "Name",
    "best_likeness",
    "likeness",
    "read_name",
    "unit_fit",
]
