"""`callboard benchmarks parked`, `due` and `export`: what keeps published values usable."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.benchmark_asks import File, Mapping, Output, ask_of, write_bytes
from callboard.cli.benchmark_names import Format, names, peers
from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.views.upkeep import Due, ParkedRowView

parked = typer.Typer(
    help="Rows that wait for a metric to be defined.", rich_markup_mode=None, no_args_is_help=True
)
PARKED_COLUMNS = (
    *("id", "word", "means", "request", "asked_of", "file_name", "line", "actor", "at", "state"),
)
DUE_COLUMNS = ("publisher", "metrics", "last_end", "due_on", "step", "state")
Numbers = Annotated[list[int], typer.Argument(metavar="ROW...", help="Numbers, as `list` shows.")]


def add_upkeep(app: typer.Typer) -> None:
    """Give `callboard benchmarks` the commands of this module and of the names."""
    app.add_typer(names, name="names")
    app.add_typer(peers, name="peers")
    app.add_typer(parked, name="parked")
    app.command()(due)
    app.command()(export)


@parked.command(name="add")
def park_rows(
    context: typer.Context,
    file: File,
    request: Annotated[str, typer.Option(help="What the metric is, and where it is described.")],
    mapping: Mapping = None,
    words: Annotated[
        list[str] | None, typer.Option("--word", help="One unknown metric alone; else all.")
    ] = None,
) -> None:
    """Let rows of metrics that are not defined wait, with a request for a definition.

    \b
    Example: callboard benchmarks parked add peers.csv --request "Calls answered by the robot"
    """
    session = session_of(context)
    from callboard.services.publishing.looking import look_at_file
    from callboard.services.publishing.parking import JudgedFile, park

    ask = ask_of(file, mapping=mapping)
    looked = look_at_file(session.runtime(), session.actor, ask=ask)
    judged = JudgedFile(
        name=ask.name, sha256=looked.preview.sha256, report=looked.report, answers=ask.answers
    )
    number = park(session.runtime(), session.actor, file=judged, request=request, words=words or ())
    say(f"{count_of(number, 'row')} more {'waits' if number == 1 else 'wait'}.")


@parked.command(name="list")
def list_parked(
    context: typer.Context,
    is_whole: Annotated[bool, typer.Option("--all", help="Also those taken or dropped.")] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the rows that wait, those whose definition has come first.

    \b
    Example: callboard benchmarks parked list --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.parking import list_parked

    found = list_parked(session.runtime(), session.actor, is_whole=is_whole)
    write_data(PARKED_COLUMNS, [_parked(row) for row in found], output)
    if not found:
        say("No row waits for a definition.")


@parked.command()
def take(
    context: typer.Context,
    rows: Numbers,
    means: Annotated[
        str, typer.Option(help="The code of the metric that their word stands for.")
    ] = "",
    folder: Annotated[Path, typer.Option("--to", help="The folder to write to.")] = Path(),
) -> None:
    """Write rows whose metric is defined by now to files, to be checked and published.

    \b
    Example: callboard benchmarks parked take 4 5 --to .
    """
    session = session_of(context)
    from callboard.services.publishing.parking import take_up

    for each in take_up(session.runtime(), session.actor, ids=rows, means=means):
        path = folder / f"parked_{min(each.ids)}.csv"
        _write(path, each.content)
        said = count_of(len(each.ids), "row")
        say(f"Wrote {said} to {path}. `callboard benchmarks check {path}` says what it would do.")
        if each.answers.values or each.answers.columns:
            say("The rows keep their own headers and words; map them as their file was.")


@parked.command()
def drop(
    context: typer.Context,
    rows: Numbers,
    *,
    note: Annotated[str, typer.Option(help="Why; stands in the history.")],
) -> None:
    """Let rows wait no more.

    \b
    Example: callboard benchmarks parked drop 4 --note "We shall not measure it"
    """
    session = session_of(context)
    from callboard.services.publishing.parking import drop

    count = drop(session.runtime(), session.actor, ids=rows, note=note)
    say(f"Dropped {count_of(count, 'row')}.")


def due(
    context: typer.Context,
    by: Annotated[
        date | None,
        typer.Option(parser=parse_day, metavar="DATE", help="Due by this day; else by today."),
    ] = None,
    is_whole: Annotated[
        bool, typer.Option("--all", help="Also what waits, is snoozed or stopped.")
    ] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List publishers whose next edition is due, longest first.

    \b
    Example: callboard benchmarks due --by 2026-12-31 --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.renewing import list_due

    found = list_due(session.runtime(), session.actor, by=by, is_whole=is_whole)
    write_data(DUE_COLUMNS, [_due(each) for each in found], output)
    if not found:
        say("No newer edition is due.")


def export(
    context: typer.Context,
    metric: Annotated[str, typer.Option(help="The code of one metric; else all.")] = "",
    output: Output = None,
) -> None:
    """Write the values that count now as a file to publish again.

    \b
    Example: callboard benchmarks export --output values.csv
    """
    session = session_of(context)
    from callboard.services.publishing.export import export_current

    content = export_current(session.runtime(), session.actor, metric=metric)
    write_bytes(content, output)


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as target:
            target.write(content)
    except OSError as error:
        raise CallboardError(f"{path}: {error.strerror or 'cannot be written'}.") from error


def _parked(row: "ParkedRowView") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in PARKED_COLUMNS)


def _due(row: "Due") -> tuple[Cell, ...]:
    told: list[Cell] = [getattr(row, name) for name in DUE_COLUMNS]
    told[DUE_COLUMNS.index("metrics")] = " ".join(row.metrics)
    return tuple(told)
