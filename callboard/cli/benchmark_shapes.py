"""`callboard benchmarks mapping` and `template`: what to say of a file, and files to begin with."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.benchmark_asks import Encoding, File, Mapping, Output, Sheet, ask_of, write_bytes
from callboard.cli.printing import say
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.cli.session import Session
    from callboard.services.publishing.asking import Ask
    from callboard.services.publishing.shapes import Shape

Remembered = Annotated[
    bool, typer.Option("--remembered", help="Begin with what was said of the last such file.")
]
SHAPES = "canonical, apqc, zendesk, aqr, acsi, ofcom, callcentre, statistics, qualtrics"


def mapping(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    file: File,
    *,
    said: Mapping = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    is_remembered: Remembered = False,
    output: Output = None,
) -> None:
    """Write what a file seems to be, as a mapping to be completed.

    What is not sure, and every open question, is a remark: `# ask:`, `# column?`, `# value?`. What
    no column says is an empty constant, to be filled in. Given what was said so far (`--mapping`),
    more is known; `--remembered` adds what was said of the publisher's last file. Exits 2 where the
    file is no table at all.

    \b
    Example: callboard benchmarks mapping peers.csv --output peers.yaml
    """
    session = session_of(context)
    from callboard.services.publishing.mapping_files import propose_mapping

    ask = ask_of(file, mapping=said, sheet=sheet, encoding=encoding)
    if is_remembered:
        ask = _with_last_time(session, ask)
    proposed = propose_mapping(session.runtime(), session.actor, ask=ask)
    _write_text(proposed.text, output)
    if not proposed.is_readable:
        say(f"{file.name} cannot be read as a table; the remarks say why.")
        raise typer.Exit(2)
    if proposed.missing:
        say(f"Fill in what no column says: {', '.join(proposed.missing)}.")
    say(f"Look it over, then: callboard benchmarks check {file} --mapping {output or 'MAPPING'}")


def _with_last_time(session: "Session", ask: "Ask") -> "Ask":
    """The ask with what was said of the publisher's last file, which is told."""
    from callboard.services.publishing.recalling import last_time
    from data_contracts.importing.remembered import with_remembered

    found = last_time(session.runtime(), session.actor, ask=ask)
    if not found:
        say("Nothing was remembered that helps with this file.")
        return ask
    offer = found[0]
    name = offer.publisher or "a file with these columns"
    say(f"As of {name}, submission {offer.submission}, by {offer.actor}: {offer.says}.")
    return replace(ask, answers=with_remembered(ask.answers, offer.adds))


def template(
    shape: Annotated[str, typer.Argument(metavar="[SHAPE]", help=f"One of {SHAPES}.")] = "",
    is_mapping: Annotated[
        bool, typer.Option("--mapping", help="Write the mapping that reads the shape.")
    ] = False,
    output: Output = None,
) -> None:
    """Write an empty file, or an example of a publisher's shape.

    Without a shape it is the header of all columns. `--mapping` writes what reads the example.

    \b
    Example: callboard benchmarks template > peers.csv
    """
    from callboard.services.publishing.benchmarks import template_csv
    from callboard.services.publishing.shapes import Shape, example_file, example_mapping

    if is_mapping:
        _write_text(example_mapping(_shape(shape or Shape.CANONICAL)), output)
        return
    content = example_file(_shape(shape)) if shape else template_csv()
    _write_text(content.decode("utf-8-sig"), output)


def _shape(word: str) -> "Shape":
    from callboard.services.publishing.shapes import Shape

    if word not in tuple(Shape):
        raise typer.BadParameter(f"found {word!r}; expected one of {SHAPES}.")
    return Shape(word)


def _write_text(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_bytes(text.encode(), output)
