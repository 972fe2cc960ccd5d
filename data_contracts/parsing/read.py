"""Bytes -> rows of text, or a refusal: decode, find the header, split.

Of a file under contract the header is the line with the contract's names, of any other the first.
"""

from collections.abc import Callable
from dataclasses import replace

from data_contracts.model import Contract, Finding, Reason
from data_contracts.parsing.decoding import Decoded, decode
from data_contracts.parsing.headers import names_of
from data_contracts.parsing.layout import Layout, find_layout, first_line_layout
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.split import split_rows
from data_contracts.parsing.table import Refused, TextTable, refusal


def read_file(content: bytes, contract: Contract, limits: Limits) -> TextTable | Refused:
    """Return the rows of an uploaded file as text, or every reason why it is refused."""
    known = names_of(contract)
    return _read(content, limits, lambda text: find_layout(text, known))


def read_any_file(content: bytes, limits: Limits) -> TextTable | Refused:
    """Return the rows below the first line of a file that no contract describes."""
    return _read(content, limits, first_line_layout)


def _read(
    content: bytes, limits: Limits, lay_out: Callable[[str], Layout | Finding]
) -> TextTable | Refused:
    if len(content) > limits.size:
        found = f"{len(content) / 1e6:,.1f} MB"
        return _refused(refusal(Reason.FILE_TOO_BIG, found, f"at most {limits.size / 1e6:,.0f} MB"))
    decoded = decode(content)
    if isinstance(decoded, Finding):
        return _refused(decoded)
    layout = lay_out(decoded.text.removeprefix("\ufeff"))
    if isinstance(layout, Finding):
        return replace(_refused(layout), encoding=decoded.encoding)
    table = _split(decoded, layout, limits)
    if isinstance(table, Refused):
        return replace(table, encoding=decoded.encoding, delimiter=layout.delimiter)
    return table


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
        header_line=layout.line,
        cells=rows.cells,
        lines=rows.lines,
        encoding=decoded.encoding,
        delimiter=layout.delimiter,
        surplus=rows.surplus,
        short=rows.short,
        findings=decoded.findings,
    )
