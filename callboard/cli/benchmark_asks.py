"""What is said of a benchmark file on the command line: file, mapping, mode, confirmations."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import OutputFormat
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.services.publishing.asking import Ask
    from data_contracts.importing.answers import Answers


class ModeWord(StrEnum):
    """What a file does to what is published."""

    BY_KEY = "by-key"
    PUBLISHER = "publisher"


File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or an .xlsx workbook.")]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="What was said of the file; see `mapping`."),
]
Sheet = Annotated[str, typer.Option(help="The sheet of a workbook.")]
Encoding = Annotated[str, typer.Option(help="The encoding of the file, where it is not UTF-8.")]
ModeOf = Annotated[
    ModeWord,
    typer.Option("--mode", help="Replace values by their key, or all that its publishers had."),
]
Confirm = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY", help="What was looked at and is right: encoding, scale:METRIC."),
]
NewNames = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="A competitor that is new on purpose; '*' for all."),
]
Note = Annotated[str, typer.Option(help="Why; stands in the history.")]
Remember = Annotated[
    bool, typer.Option("--remember", help="Keep what was said, for the publisher's next file.")
]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Where to; else standard output.")
]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]


def ask_of(  # noqa: PLR0913 - each given by its name
    file: Path,
    *,
    mapping: Path | None = None,
    sheet: str = "",
    encoding: str = "",
    mode: ModeWord = ModeWord.BY_KEY,
    confirm: list[str] | None = None,
    new_names: list[str] | None = None,
    note: str = "",
) -> "Ask":
    """Return what is asked of a file; CallboardError for a file or mapping that cannot be read."""
    from callboard.services.publishing.asking import Ask, Mode

    answers = _answers(mapping)
    reading = answers.reading
    reading = replace(reading, sheet=sheet or reading.sheet, encoding=encoding or reading.encoding)
    return Ask(
        name=file.name,
        content=read_bytes(file),
        answers=replace(
            answers,
            reading=reading,
            new_names=(*answers.new_names, *(new_names or ())),
            confirmed=answers.confirmed | frozenset(confirm or ()),
        ),
        mode=Mode(mode.value.replace("-", "_")),
        note=note,
    )


def _answers(mapping: Path | None) -> "Answers":
    from callboard.services.publishing.mapping_files import read_mapping
    from data_contracts.importing.answers import NO_ANSWERS

    if mapping is None:
        return NO_ANSWERS
    try:
        text = read_bytes(mapping).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallboardError(
            f"{mapping}: found bytes that are not UTF-8; expected YAML."
        ) from error
    return read_mapping(text, shown_as=str(mapping))


def read_bytes(file: Path) -> bytes:
    """Return what is in a file; CallboardError says why not."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CallboardError(f"{file}: {error.strerror or 'cannot be read'}.") from error


def write_bytes(content: bytes, output: Path | None) -> None:
    """Write a file as it is to a path, or to standard output."""
    if output is not None:
        output.write_bytes(content)
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(content.decode("utf-8"))
    else:  # a text stream could change the ends of lines
        binary.write(content)
