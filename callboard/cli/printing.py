"""How the command line writes: tables for eyes, CSV and JSON for programs, sentences aside.

Text that came from files and feeds is data: no control character of it reaches a terminal, and no
cell of a CSV file can be taken for a formula.
"""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import TextIO

import typer

_WIDE = 100_000  # what goes to a program or file is never folded
Cell = str | int | float | bool | date | datetime | None


class OutputFormat(StrEnum):
    """What a command can write its data as."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def say(sentence: str) -> None:
    """Write a sentence to standard error: talk, never data."""
    typer.echo(_for_terminal(sentence), err=True)


def ask(question: str, default: str = "") -> str:
    """Return what a person types, without blanks around it; nothing typed is the default.

    The question is talk: not a blank of it goes to standard output. Abort where nobody answers.
    """
    shown = f" [{default}]" if default else ""
    typer.echo(f"{_for_terminal(question)}{shown}: ", nl=False, err=True)
    answer = sys.stdin.readline()
    if not answer:
        typer.echo(err=True)
        raise typer.Abort
    return answer.strip() or default


def count_of(number: int, word: str) -> str:
    """Return `1 problem`, `2 problems`, `1,200 rows`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def write_data(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], output: OutputFormat
) -> None:
    """Write rows to standard output, in full precision as CSV and JSON."""
    writers = {
        OutputFormat.TABLE: write_table,
        OutputFormat.CSV: write_csv,
        OutputFormat.JSON: write_json,
    }
    writers[output](columns, rows)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as a table to standard output."""
    _draw_table(columns, rows, sys.stdout)


def say_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as a table to standard error: part of the talk."""
    _draw_table(columns, rows, sys.stderr)


def _draw_table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], target: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    lines = [[_for_people(cell) for cell in row] for row in rows]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, name in enumerate(columns):
        numeric = bool(lines) and all(_is_numeric(line[index]) for line in lines)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for line in lines:
        table.add_row(*(Text(text) for text in line))
    width = None if target.isatty() else _WIDE
    Console(file=target, highlight=False, width=width).print(table)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as CSV with a header: ISO dates, numbers in full precision, nothing for None."""
    from callboard.services.export import safe_text

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(
        [safe_text(cell) if isinstance(cell, str) else _plain(cell) for cell in row] for row in rows
    )


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as a JSON list of objects; a number beyond all numbers of JSON is null."""
    write_document([dict(zip(columns, map(_finite, row), strict=True)) for row in rows])


def write_document(document: object) -> None:
    """Write anything of plain values as JSON."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=_iso)
    typer.echo(text)


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not isfinite(cell) else cell


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else repr(cell) if isinstance(cell, float) else str(cell)


def _for_people(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return _for_terminal(_plain(cell) if not isinstance(cell, str) else cell)


def _for_terminal(text: str) -> str:
    """Replace control characters, which could move the cursor or set the window's title."""
    return "".join(each if each in "\n\t" or each.isprintable() else "�" for each in text)


def _is_numeric(text: str) -> bool:
    return text == "" or text.lstrip("-").replace(".", "", 1).replace("e", "").isdecimal()
