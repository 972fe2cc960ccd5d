"""Bytes -> rows of text, or a refusal: decode, find the header, split.

Which line is the header is the caller's to say; of a file without contract it is the first.
"""

from collections.abc import Callable
from dataclasses import replace

from data_contracts.findings import Finding, Reason
from data_contracts.parsing.decoding import Decoded, decode
from data_contracts.parsing.layout import Layout, first_line_layout
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.reading import Reading
from data_contracts.parsing.sampling import cut_below, read_as_it_came, with_header
from data_contracts.parsing.split import split_rows
from data_contracts.parsing.table import Refused, TextTable, refusal

Find = Callable[[str], Layout | Finding]


def read_any_file(content: bytes, limits: Limits) -> TextTable | Refused:
    """Return the rows below the first line of a file that no contract describes."""
    return read_text(content, limits, first_line_layout)


def read_text(
    content: bytes, limits: Limits, find: Find, *, encoding: str = "", skip_below: int = 0
) -> TextTable | Refused:
    """Return the rows of a text file below the header that `find` finds, or why it is refused.

    `encoding` "" takes what is detected; `skip_below` lines at the end are passed over.
    """
    if len(content) > limits.size:
        return Refused(findings=(too_big(f"{len(content) / 1e6:,.1f} MB", limits),))
    decoded = decode(content, encoding)
    if isinstance(decoded, Finding):
        return _as_detected(_refused(decoded), content) if encoding else _refused(decoded)
    decoded = replace(decoded, text=decoded.text.removeprefix("\ufeff"))
    layout = find(decoded.text)
    if isinstance(layout, Finding):
        return _with_reading(_refused(layout), read_as_it_came(decoded), delimiter="")
    layout, below = cut_below(layout, skip_below)
    seen = read_as_it_came(decoded, layout.delimiter)
    reading = with_header(seen, decoded.text, layout, below)
    table = _split(decoded, layout, limits)
    return (
        _with_reading(table, reading, delimiter=layout.delimiter)
        if isinstance(table, Refused)
        else replace(table, reading=reading)
    )


def too_big(found: str, limits: Limits) -> Finding:
    """Return why a file of more than so many bytes is refused."""
    return refusal(Reason.FILE_TOO_BIG, found, f"at most {limits.size / 1e6:,.0f} MB")


def _as_detected(refused: Refused, content: bytes) -> Refused:
    """Of a file that was said to be in a wrong encoding, show what is detected."""
    decoded = decode(content)
    if isinstance(decoded, Finding):
        return refused
    return _with_reading(refused, read_as_it_came(decoded), delimiter="")


def _with_reading(refused: Refused, reading: Reading, *, delimiter: str) -> Refused:
    return replace(refused, encoding=reading.encoding, delimiter=delimiter, reading=reading)


def _refused(finding: Finding) -> Refused:
    return Refused(findings=(finding,))


def _split(decoded: Decoded, layout: Layout, limits: Limits) -> TextTable | Refused:
    if len(layout.headers) > limits.columns:
        found = f"{len(layout.headers):,} columns"
        return _refused(refusal(Reason.FILE_TOO_BIG, found, f"at most {limits.columns:,}"))
    rows = split_rows(layout)
    if isinstance(rows, Finding):
        return _refused(rows)
    if rows.lines.size == 0:
        return _refused(refusal(Reason.FILE_NO_ROWS, "a header and no rows", "at least one row"))
    if rows.lines.size > limits.rows:
        found = f"{rows.lines.size:,} rows"
        return _refused(refusal(Reason.FILE_TOO_BIG, found, f"at most {limits.rows:,}"))
    return TextTable(
        headers=layout.headers,
        header_line=layout.line - layout.above,
        cells=rows.cells,
        lines=rows.lines,
        encoding=decoded.encoding,
        delimiter=layout.delimiter,
        surplus=rows.surplus,
        short=rows.short,
        findings=decoded.findings,
    )
