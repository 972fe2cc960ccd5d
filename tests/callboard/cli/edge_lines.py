"""The edge table: each line as a file, with the verdict and the exit code it is to have."""

import gzip
from dataclasses import dataclass

from tests.data_contracts.benchmarks.files import row, table

OTHER = "Birch Mail"
BASE = table(
    *(
        row(entity=name, period_start="2025-07-01", period_end="2025-09-30")
        for name in ("Alder Post", OTHER, "Dogwood", "Café Post", "Café", "NA")
    ),
    row(entity="Cedar", value="5.0"),
).encode()
"""What is published before: these peers are known, and Cedar has a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line of the table: `counts` are published, quarantined and collapsed rows.

    `reasons` are all the codes that are to be found.
    """

    line: str
    content: bytes
    code: int
    counts: tuple[int, int, int]
    reasons: frozenset[str]
    options: tuple[str, ...] = ()


def _passes(
    line: str, *notes: str, content: str | bytes = "", rows: int = 1, **changes: str
) -> Edge:
    """A file that is published, with these notes."""
    content = content or table(row(**changes))
    return Edge(
        line=line, content=_bytes(content), code=0, counts=(rows, 0, 0), reasons=frozenset(notes)
    )


def _waits(line: str, *reasons: str, **changes: str) -> Edge:
    """A row that is kept out, beside a good one that is published."""
    content = table(row(entity=OTHER), row(**changes))
    return _partly(line, *reasons, content=content, counts=(1, 1, 0))


def _partly(line: str, *reasons: str, content: str | bytes, counts: tuple[int, int, int]) -> Edge:
    """A file of which something is kept out."""
    return Edge(
        line=line, content=_bytes(content), code=1, counts=counts, reasons=frozenset(reasons)
    )


def _refused(line: str, reason: str, content: str | bytes) -> Edge:
    return Edge(
        line=line, content=_bytes(content), code=2, counts=(0, 0, 0), reasons=frozenset({reason})
    )


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _asa(value: str) -> dict[str, str]:
    return {"kpi_code": "asa", "unit": "seconds", "value": value}


def _days(*ends: str) -> str:
    rows = (
        row(entity=name, period_start="", period_end=end)
        for name, end in zip(("Alder Post", OTHER, "Dogwood"), ends, strict=False)
    )
    return table(*rows)


ONE = table(row(entity="Café Post"))
TWO = table(row(), row(entity=OTHER))
HEADER, GOOD_LINE, OTHER_LINE = TWO.splitlines()
FILES = (
    _passes("1", content=ONE),
    _passes("2", content=ONE.encode("utf-8-sig")),
    _passes("3", "encoding", content=ONE.encode("utf-16")),
    _passes("4", "encoding", content=ONE.encode("utf-16-be")),
    _partly(
        "5", "encoding", counts=(1, 1, 0),
        content=table(row(), row(entity="Café Post")).encode("cp1252"),
    ),
    _refused("6", "file_broken", ONE.encode() + GOOD_LINE.replace("Alder", "Caf\xe9").encode("cp1252")),
    *(
        _passes(line, content=table(row(), row(entity=OTHER), delimiter=sign), rows=2)
        for line, sign in (("7", ";"), ("8", "\t"), ("9", "|"))
    ),
    _passes("10", content="sep=;\n" + table(row(), delimiter=";")),
    _passes("11-12", note='one, "two"\nthree'),
    _refused("13", "file_broken", TWO + 'abandon,"Cedar,value,3\na,b\n'),
    _partly("14", "ragged", content=TWO + "abandon,Cedar,value\n", counts=(2, 1, 0)),
    _partly("15", "ragged", content=f"{HEADER}\n{GOOD_LINE}\n{OTHER_LINE},more\n", counts=(1, 1, 0)),
    _refused("16", "file_header", f"{HEADER},value\n{GOOD_LINE},1\n"),
    _refused("17", "file_header", f"{HEADER}, VALUE\n{GOOD_LINE},1\n"),
    _refused("18", "file_empty", b""),
    _refused("19", "file_no_rows", HEADER),
    _refused("20", "file_no_rows", HEADER + "\n\n,,,,,,,,,\n"),
    _refused("21", "file_header", TWO.replace("source_name", "source_nmae")),
    _passes("22", "file_header", colour="green"),
    _passes("23", content=table(dict(reversed(row().items())))),
    _refused("24", "file_header", f"{GOOD_LINE}\n{OTHER_LINE}\n"),
    _refused("25", "file_header", "Benchmarks of 2026\n\n" + TWO),
    _refused("26", "file_kind", b"PK\x03\x04" + bytes(60)),
    _refused("27", "file_kind", gzip.compress(TWO.encode(), mtime=0)),
    _refused("28", "file_kind", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60)),
    _refused("29", "file_kind", b"%PDF-1.7\n"),
    _refused("30", "file_kind", b"\x89PNG\r\n\x1a\n"),
    _refused("31", "file_kind", "<!DOCTYPE html><html><body>Sign in</body></html>"),
    _refused("32", "file_kind", '{"rows": [1, 2]}'),
    _refused("33", "file_broken", TWO.replace("Report", "Rep\x00ort")),
    _passes("34", content=TWO.replace("\n", "\r"), rows=2),
    _passes("35", content=TWO.replace("\n", "\r\n", 1), rows=2),
    _partly("36", "total_row", content=TWO + "\nTotal,,,99,,,,,,\n", counts=(2, 1, 0)),
    _passes("37", content="\n".join(f"{line},,," for line in TWO.splitlines()), rows=2),
)  # fmt: skip
NUMBERS = (
    *(
        _passes("40-41", "formula_like", note=text)
        for text in ("=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3")
    ),
    _passes("41", "formula_like", "tidied", note="\t=1+1"),
    _passes("42", value="87.5%"),
    _waits("43", "unit_conflict", kpi_code="asa", unit="minutes", value="87.5%"),
    _passes("44", **_asa("1,234.5")),
    _partly(
        "45", "ambiguous_number", content=table(row(**_asa("1,234"))), counts=(0, 1, 0)
    ),
    _passes(
        "46", rows=2,
        content=table(row(value="87,5"), row(entity=OTHER, value="3,25"), delimiter=";"),
    ),
    _partly(
        "47", "ambiguous_number", content=table(row(value="1.234,56")), counts=(0, 1, 0)
    ),
    _passes("48", **_asa("1 234.5")),
    _passes("48", "tidied", **_asa("1\u2009234.5")),
    _waits("49", "unit_conflict", **_asa("€12.50")),
    *(_waits("50", "wrong_type", **_asa(text)) for text in ("\u0663", "\uff11\uff12")),
    _waits("51", "wrong_type", **_asa("8_7.5")),
    _waits("52", "missing", **_asa("NaN")),
    *(_waits("52", "not_finite", **_asa(text)) for text in ("inf", "-Infinity", "1e999")),
    *(_waits("53", "missing", **_asa(text)) for text in ("N/A", "-", "", "null")),
    _waits("53", "excel_error", **_asa("#DIV/0!")),
    _waits("54", "out_of_range", value="-3"),
    _waits("55", "out_of_range", value="104.2"),
    _partly(
        "56", "scale", "ratio_looking", counts=(2, 2, 0),
        content=table(
            *(
                row(kpi_code="fcr", entity=name, value=value)
                for name, value in (
                    ("Alder Post", "93"), (OTHER, "91.5"), ("Cedar", "0.93"), ("Dogwood", "0.81")
                )
            )
        ),
    ),
    *(_waits("57", "wrong_type", **_asa(text)) for text in ("0x1F", "TRUE")),
    _passes("58", **_asa("0.12345678901234567890")),
    *(_passes("97", sample_size=text) for text in ("1200.0", "1e3")),
    _waits("97", "wrong_type", sample_size="12.5"),
    _waits("97", "out_of_range", sample_size="0"),
)  # fmt: skip
DAYS = (
    _passes("60", "ambiguous_date", content=_days("01/07/2026", "30/09/2026"), rows=2),
    _partly(
        "61", "ambiguous_date", content=_days("01/07/2026", "03/04/2026"), counts=(0, 2, 0)
    ),
    _partly(
        "62", "mixed_style", counts=(1, 2, 0),
        content=_days("2026-09-30", "09/30/2026", "01.07.2026"),
    ),
    _waits("63", "excel_serial", period_end="46204"),
    _passes("64", period_end="2026-09-30T10:00:00+02:00"),
    _passes("64", "ambiguous_date", period_end="2026-09-30 08:00"),
    _waits("65", "in_future", period_end="2126-09-30"),
    _waits("65", "in_future", as_of="2126-09-30"),
    *(
        _waits("66", "impossible_date", period_end=day)
        for day in ("2026-02-30", "0000-00-00", "1900-01-00")
    ),
    _waits("67", "before_other", period_end="2026-06-30"),
    _passes("68", as_of="2020-10-05", period_start="2020-07-01", period_end="2020-09-30"),
    _waits("69", "before_other", as_of="2026-09-01"),
    _waits("70", "two_digit_year", period_end="01/07/26"),
    _partly(
        "85", "overlap", counts=(0, 2, 0),
        content=table(row(), row(period_start="2026-09-01", period_end="2026-10-31")),
    ),
)  # fmt: skip
NAMES = (
    *(_passes("75", "tidied", entity=name) for name in (" Alder Post ", "Alder\u00a0Post")),
    _passes("76", "tidied", entity="ALDER POST"),
    _waits("77", "lookalike", entity="\u0421omp A"),
    _passes("78", "tidied", entity="Al\u200bder Post"),
    _passes("79", "tidied", entity="Cafe\u0301"),
    _waits("80", "unknown_name", kpi_code="abandom"),
    _waits("80", "unknown_name", touchpoint="Moon"),
    _waits("81", "unknown_name", entity="Alder Pst"),
    _waits("81", "unknown_name", entity="Elm Couriers"),
    Edge(
        line="82", content=table(row(), row()).encode(), code=0, counts=(1, 0, 1),
        reasons=frozenset(),
    ),
    _partly(
        "83", "duplicate_key", counts=(0, 2, 0), content=table(row(), row(value="6"))
    ),
    _passes("84", "revision", entity="Cedar", value="6"),
    _passes("86", entity="NA"),
    _passes("87", segment="007"),
)  # fmt: skip
TEXTS = (
    _waits("90", "too_long", note="x" * 1_000_000),
    _passes("91", note="<script>alert(1)</script>"),
    _waits("91", "unknown_name", kpi_code="<script>alert(1)</script>"),
    _waits("91", "bad_pattern", entity="<img src=x onerror=alert(1)>"),
    _waits("92", "unknown_name", kpi_code="x'; DROP TABLE metric; --"),
    _waits("92", "bad_pattern", entity="x'; DROP TABLE benchmark; --"),
    _passes("93", note="\U0001f468\u200d\U0001f469\u200d\U0001f467 family"),
    _waits("94", "control_character", note="a\u202eb"),
    _passes("94", note="שלום"),
    *(_waits("95", "control_character", note=text) for text in ("x\x07y", "x\x1b[31mred")),
    _passes("96", note="[link](javascript:alert(1)) $x$ :red[a]"),
    _passes("96", "bad_pattern", source_url="javascript:alert(1)"),
)
ANSWERED = (
    Edge(
        line="5, confirmed",
        content=ONE.encode("cp1252"),
        code=0,
        counts=(1, 0, 0),
        reasons=frozenset({"encoding"}),
        options=("--confirm", "encoding"),
    ),
    Edge(
        line="81, said to be new",
        content=table(row(entity="Elm Couriers")).encode(),
        code=0,
        counts=(1, 0, 0),
        reasons=frozenset({"unknown_name"}),
        options=("--new-names", "Elm Couriers"),
    ),
)
EDGES = (*FILES, *NUMBERS, *DAYS, *NAMES, *TEXTS, *ANSWERED)
