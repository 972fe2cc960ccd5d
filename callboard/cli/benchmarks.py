"""`callboard benchmarks`: competitors' published values, from files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.benchmark_upkeep import add_upkeep
from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import session_of
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.views import FindingRow, Preview, SubmissionRow

app = typer.Typer(
    help="Competitors' published values, from files.", rich_markup_mode=None, no_args_is_help=True
)
FINDING_COLUMNS = ("row", "column", "reason", "found", "expected", "suggestion", "verdict")
SUBMISSION_COLUMNS = (
    *("id", "at", "actor", "file_name", "source", "rows_in", "published", "quarantined"),
    *("collapsed", "state", "publication", "note"),
)
REJECTED, REFUSED = 1, 2
File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file in the canonical form.")]
Note = Annotated[str, typer.Option(help="Why; stands in the history.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]


@app.command()
def check(context: typer.Context, file: File, output: Format = OutputFormat.TABLE) -> None:
    """Say what publishing a file would do, and change nothing.

    Exits 1 where rows would be rejected, 2 where the file is refused.

    \b
    Example: callboard benchmarks check peers.csv --format json
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import check_file

    preview = check_file(session.runtime(), session.actor, name=file.name, content=_read(file))
    if output is OutputFormat.JSON:
        write_document(_document(preview))
    else:
        write_data(FINDING_COLUMNS, [_cells(each) for each in _findings(preview)], output)
    for sentence in (*preview.notes, preview.same_as, preview.sentence):
        if sentence:
            say(sentence)
    if preview.refused:
        raise typer.Exit(REFUSED)
    if preview.quarantined:
        raise typer.Exit(REJECTED)


@app.command()
def publish(
    context: typer.Context,
    file: File,
    note: Note = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Publish a file's good rows.

    The rejected ones are kept with their reasons. The same content twice changes nothing.

    \b
    Example: callboard benchmarks publish peers.csv --note "Annual report 2025"
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import publish

    row = publish(session.runtime(), session.actor, name=file.name, content=_read(file), note=note)
    write_data(SUBMISSION_COLUMNS, [_submission(row)], output)
    if row.is_repeat:
        say(f"The same content is published already, as submission {row.id}. Nothing changed.")
    else:
        rows = count_of(row.published, "row")
        say(f"Published {rows} as submission {row.id}; {row.quarantined:,} rejected.")


@app.command(name="list")
def show_list(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List every submission, the newest first.

    \b
    Example: callboard benchmarks list --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import read_history

    history = read_history(session.runtime(), session.actor)
    write_data(SUBMISSION_COLUMNS, [_submission(each) for each in history], output)


@app.command()
def values(
    context: typer.Context,
    metric: Annotated[str, typer.Option(help="The code of one metric; else all.")] = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the published values that count now, each with its source.

    \b
    Example: callboard benchmarks values --metric fcr --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.values import COLUMNS, list_values

    found = list_values(session.runtime(), session.actor, metric=metric)
    write_data(COLUMNS, [tuple(getattr(each, name) for name in COLUMNS) for each in found], output)


@app.command()
def withdraw(
    context: typer.Context,
    submission: Annotated[int, typer.Argument(help="Its number, as `list` shows it.")],
    note: Note = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Make a submission count no more; what it replaced is back.

    \b
    Example: callboard benchmarks withdraw 3 --note "Figures were provisional"
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import withdraw

    row = withdraw(session.runtime(), session.actor, submission=submission, note=note)
    write_data(SUBMISSION_COLUMNS, [_submission(row)], output)
    say(f"Withdrew submission {row.id} ({row.file_name}).")


@app.command()
def template() -> None:
    """Write an empty file with all columns.

    \b
    Example: callboard benchmarks template > peers.csv
    """
    from callboard.services.publishing.benchmarks import template_csv

    typer.echo(template_csv().decode("utf-8-sig"), nl=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CallboardError(f"{file}: {error.strerror or 'cannot be read'}.") from error


def _findings(preview: "Preview") -> tuple["FindingRow", ...]:
    return (*preview.file_findings, *preview.findings)


def _cells(finding: "FindingRow") -> tuple[str | int, ...]:
    return (
        finding.row,
        finding.column,
        finding.reason_code,
        finding.found,
        finding.expected,
        finding.suggestion,
        finding.verdict_code,
    )


def _document(preview: "Preview") -> dict[str, object]:
    findings = [
        dict(zip(FINDING_COLUMNS, _cells(each), strict=True)) for each in _findings(preview)
    ]
    return {
        "file": preview.file_name,
        "sha256": preview.sha256,
        "encoding": preview.encoding,
        "delimiter": preview.delimiter,
        "rows_in": preview.rows_in,
        "published": preview.published,
        "quarantined": preview.quarantined,
        "collapsed": preview.collapsed,
        "refused": preview.refused,
        "same_as": preview.same_as,
        "findings": findings,
    }


def _submission(row: "SubmissionRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in SUBMISSION_COLUMNS)


add_upkeep(app)
