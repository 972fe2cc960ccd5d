"""`callboard quarantine`: rows that broke their contract, and what was done about them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import Session, session_of
from callboard.cli.waivers import add_waiver_commands
from callboard.errors import FileRefused

if TYPE_CHECKING:
    from callboard.views import CorrectionReport, QuarantinedRow

app = typer.Typer(
    help="Rows that broke their contract: correct, waive, read again.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
ROW_COLUMNS = (
    *("id", "feed", "row_key", "day", "touchpoint", "status", "reasons", "suggestion"),
    *("first_seen", "resolved_by", "resolved_at", "note", "waits"),
)
_OF_TABLE = ("id", "row_key", "day", "touchpoint", "status", "reasons")
REFUSED_COLUMNS = ("line", "row_key", "message")
Feed = Annotated[str, typer.Argument(metavar="FEED", help="The feed the rows are of.")]
Number = Annotated[int, typer.Argument(metavar="ROW", help="Its number, as `list` shows it.")]
Why = Annotated[str, typer.Option("--why", help="Why, or how you know; the history keeps it.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
Status = Annotated[str, typer.Option(help="open, fixed, waived, superseded or any.")]
Rule = Annotated[str, typer.Option(help="Only rows that break this rule.")]
Touchpoint = Annotated[str, typer.Option(help="Only rows of this touchpoint.")]
Day = Annotated[str, typer.Option(metavar="DATE", help="Only rows of this local day.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")]


@app.command("list")
def show_list(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    feed: Feed,
    *,
    status: Status = "open",
    rule: Rule = "",
    touchpoint: Touchpoint = "",
    day: Day = "",
    limit: Most = 50,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List rows in quarantine, the newest first.

    \b
    Example: callboard quarantine list contacts --day 2026-11-16 --format csv
    """
    session = session_of(context)
    from callboard.services.trusting.quarantine import read_quarantine

    found = read_quarantine(
        session.runtime(),
        session.actor,
        feed=feed,
        status=status,
        rule=rule,
        touchpoint=touchpoint,
        day=day,
        limit=limit,
    )
    columns = _OF_TABLE if output is OutputFormat.TABLE else ROW_COLUMNS
    write_data(columns, [_cells(each, columns) for each in found.rows], output)
    told = count_of(found.total, "row")
    say(f"{told}." if found.total == len(found.rows) else f"The first {len(found.rows)} of {told}.")


@app.command()
def show(context: typer.Context, row: Number, output: Format = OutputFormat.TABLE) -> None:
    """Show one row: its values, why it waits, and all that was done about it.

    \b
    Example: callboard quarantine show 17 --format json
    """
    session = session_of(context)
    from callboard.services.trusting.quarantine import read_row

    found = read_row(session.runtime(), session.actor, row=row)
    if output is OutputFormat.JSON:
        told = dict(zip(ROW_COLUMNS, _cells(found, ROW_COLUMNS), strict=True))
        deeds = [{"at": e.at, "actor": e.actor, "what": e.sentence} for e in found.deeds]
        write_document(told | {"fields": dict(found.fields), "deeds": deeds})
        return
    write_data(("column", "value"), list(found.fields.items()), output)
    for each in (*found.reasons, found.suggestion, found.cannot, found.waits):
        if each:
            say(each)
    for deed in found.deeds:
        say(f"{deed.at:%Y-%m-%d %H:%M}, {deed.actor}: {deed.sentence}")


@app.command()
def export(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    feed: Feed,
    *,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Else standard output.")] = None,
    status: Status = "open",
    rule: Rule = "",
    touchpoint: Touchpoint = "",
    day: Day = "",
) -> None:
    """Write rows as a CSV that can be corrected in a spreadsheet and given back with `correct`.

    \b
    Example: callboard quarantine export contacts --to rows.csv
    """
    session = session_of(context)
    from callboard.services.kept_out_export import quarantine_csv
    from callboard.services.trusting.quarantine import MOST, read_quarantine

    found = read_quarantine(
        session.runtime(),
        session.actor,
        feed=feed,
        status=status,
        rule=rule,
        touchpoint=touchpoint,
        day=day,
        limit=MOST,
    )
    content = quarantine_csv(found.rows)
    if to is None:
        typer.echo(content.decode(), nl=False)
    else:
        to.write_bytes(content)
    say(f"{count_of(len(found.rows), 'row')} of {found.total:,}.")


@app.command()
def correct(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    row: Annotated[int | None, typer.Argument(metavar="[ROW]", help="Its number.")] = None,
    *,
    why: Why,
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="COLUMN=VALUE", help="What it should read.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="A CSV from `export`, corrected."),
    ] = None,
    feed: Annotated[str, typer.Option(help="The feed that the file is of.")] = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Say what a row should read, or what all rows of a file should.

    The feed is never written to: the correction is kept beside its row, and the next refresh takes
    it in. Exits 1 where a row would still break its contract.

    \b
    Example: callboard quarantine correct 17 --set wait_seconds=45 --why "Asked the desk"
    """
    session = session_of(context)
    if file is not None and row is None and feed:
        _correct_file(session, feed, file, why=why, output=output)
    elif row is not None and file is None:
        _correct_row(session, row, _pairs(fields or []), why=why)
    else:
        raise typer.BadParameter("give a row with --set, or a --file with its --feed")


def _correct_row(session: Session, row: int, fields: dict[str, str], *, why: str) -> None:
    from callboard.services.trusting.correcting import correct_row

    done = correct_row(session.runtime(), session.actor, row=row, fields=fields, note=why)
    for each in done.messages:
        say(each)
    if not done.is_kept:
        say("Nothing was kept: the row would still break its contract.")
        raise typer.Exit(1)
    say(f"Corrected row {row}. The next refresh takes it in.")


def _correct_file(
    session: Session, feed: str, file: Path, *, why: str, output: OutputFormat
) -> None:
    from callboard.services.trusting.correction_files import correct_file, require_size

    try:
        require_size(file.stat().st_size)
        content = file.read_bytes()
        report = correct_file(
            session.runtime(), session.actor, feed=feed, content=content, note=why
        )
    except OSError:
        say(f"The file {file} cannot be read.")
        raise typer.Exit(2) from None
    except FileRefused as error:
        say(str(error))
        raise typer.Exit(2) from None
    _tell_file(report, output)


@app.command()
def waive(context: typer.Context, row: Number, why: Why) -> None:
    """Leave a row out for good, and ask no more.

    \b
    Example: callboard quarantine waive 17 --why "A test call"
    """
    session = session_of(context)
    from callboard.services.trusting.quarantine import waive_row

    waive_row(session.runtime(), session.actor, row=row, why=why)
    say(f"Row {row} is left out.")


@app.command()
def reopen(context: typer.Context, row: Number, why: Why) -> None:
    """Take back a waiver or a correction: the row waits again.

    \b
    Example: callboard quarantine reopen 17 --why "It was a real call"
    """
    session = session_of(context)
    from callboard.services.trusting.quarantine import reopen_row

    found = reopen_row(session.runtime(), session.actor, row=row, why=why)
    say(f"Row {row} waits again. {found.waits}".rstrip())


@app.command()
def replay(
    context: typer.Context,
    feed: Feed,
    rows: Annotated[list[int] | None, typer.Option("--row", help="One of them; else all.")] = None,
) -> None:
    """Have the days of open rows read again, by the next refresh.

    \b
    Example: callboard quarantine replay contacts && callboard refresh --feed contacts
    """
    session = session_of(context)
    from callboard.services.trusting.quarantine import replay as read_again

    days = read_again(session.runtime(), session.actor, feed=feed, rows=tuple(rows or ()))
    told = ", ".join(day.isoformat() for day in days) or "no day: no open row has one"
    say(f"The next refresh of {feed} reads again: {told}.")


add_waiver_commands(app)


def _cells(row: "QuarantinedRow", columns: Sequence[str]) -> tuple[Cell, ...]:
    told = {name: getattr(row, name) for name in columns if name != "reasons"}
    told["reasons"] = "; ".join(row.reasons)
    return tuple(told[name] for name in columns)


def _pairs(fields: Sequence[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in fields]
    for name, sign, _ in pairs:
        if not sign or not name.strip():
            raise typer.BadParameter(f"found --set {name!r}; expected COLUMN=VALUE")
    if not pairs:
        raise typer.BadParameter("say what the row should read with --set COLUMN=VALUE")
    return {name.strip(): value for name, _, value in pairs}


def _tell_file(report: "CorrectionReport", output: OutputFormat) -> None:
    if report.refused or output is not OutputFormat.TABLE:
        rows = [(each.line, each.row_key, each.message) for each in report.refused]
        write_data(REFUSED_COLUMNS, rows, output)
    said = f"{report.corrected:,} corrected, {report.unchanged:,} unchanged"
    say(f"{said}, {len(report.refused):,} not taken.")
    if report.ignored_columns:
        say(f"Columns that are not of this feed: {', '.join(report.ignored_columns)}.")
    if report.refused:
        raise typer.Exit(1)
