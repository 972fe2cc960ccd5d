"""Benchmark files about the small world."""

HEADERS = (
    "kpi_code",
    "competitor",
    "statistic",
    "value",
    "unit",
    "per",
    "period_start",
    "period_end",
    "source_name",
    "sample_size",
    "note",
)
GOOD = dict(
    zip(
        HEADERS,
        ("abandon", "Alder", "value", "5.5", "percent", "", "2026-07-01", "2026-09-30", "Report", "1200", ""),
        strict=True,
    )
)  # fmt: skip


def file_of(*rows: dict[str, str]) -> bytes:
    """A file of good rows with some cells changed."""
    lines = [HEADERS, *({**GOOD, **row}.values() for row in rows)]
    return "".join(",".join(cells) + "\n" for cells in lines).encode()


def peers(**values: str) -> bytes:
    """A file with one good row for each peer, by name and value."""
    return file_of(*({"competitor": name, "value": value} for name, value in values.items()))
