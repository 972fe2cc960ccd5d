"""Files in the shapes that publishers of benchmarks use, each with the mapping that reads it."""

from enum import StrEnum
from pathlib import Path

import data_contracts

_SHAPES = Path(data_contracts.__file__).parent / "shapes"


class Shape(StrEnum):
    """Who publishes files like it; `canonical` has the contract's own columns."""

    CANONICAL = "canonical"
    APQC = "apqc"
    ZENDESK = "zendesk"
    AQR = "aqr"
    ACSI = "acsi"
    OFCOM = "ofcom"
    CALLCENTRE = "callcentre"
    STATISTICS = "statistics"
    QUALTRICS = "qualtrics"


def example_file(shape: Shape) -> bytes:
    """Return a small file as such a publisher makes it; its figures are made up."""
    return (_SHAPES / f"{shape.value}.csv").read_bytes()


def example_mapping(shape: Shape) -> str:
    """Return what an analyst says of that file: a mapping file with remarks."""
    return (_SHAPES / f"{shape.value}.yaml").read_text(encoding="utf-8")
