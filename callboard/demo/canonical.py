"""Writes benchmark files in the canonical format, as a person would upload them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

_HEADER = [
    "kpi_code",
    "entity",
    "entity_type",
    "statistic",
    "value",
    "unit",
    "per",
    "base",
    "period_start",
    "period_end",
    "region",
    "industry",
    "sample_size",
    "sample_unit",
    "method",
    "clock",
    "source_name",
    "source_url",
    "published_on",
    "note",
    "numerator",
    "denominator",
    "as_of",
    "population",
    "document",
    "licence",
    "publisher",
]


@dataclass(frozen=True, slots=True)
class BenchmarkFile:
    """A benchmark file: its name and its bytes."""

    name: str
    content: bytes


def write_benchmark_file(name: str, rows: Iterable[Mapping[str, object]]) -> BenchmarkFile:
    """Return `rows` as a CSV file; a column that a row leaves out is empty there."""
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=_HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return BenchmarkFile(name, text.getvalue().encode())
