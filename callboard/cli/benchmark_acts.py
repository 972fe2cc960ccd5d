"""`callboard benchmarks list`, `values`, `withdraw`, `restore`: what was published, and undone."""

from typing import Annotated

import typer

from callboard.cli.benchmark_asks import Format, Note, Output, write_bytes
from callboard.cli.benchmark_told import SUBMISSION_COLUMNS, submission_cells
from callboard.cli.printing import OutputFormat, say, write_data
from callboard.cli.session import session_of

Number = Annotated[int, typer.Argument(metavar="N", help="Its number, as `list` shows it.")]


def show_list(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List every submission, the newest first.

    \b
    Example: callboard benchmarks list --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import read_history

    history = read_history(session.runtime(), session.actor)
    write_data(SUBMISSION_COLUMNS, map(submission_cells, history), output)


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


def withdraw(
    context: typer.Context,
    submission: Number,
    *,
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
    write_data(SUBMISSION_COLUMNS, [submission_cells(row)], output)
    say(f"Withdrew submission {row.id} ({row.file_name}).")


def restore(
    context: typer.Context,
    submission: Number,
    *,
    note: Note = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Make a withdrawn submission count again, in its old place.

    \b
    Example: callboard benchmarks restore 3 --note "Figures were confirmed"
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import restore

    row = restore(session.runtime(), session.actor, submission=submission, note=note)
    write_data(SUBMISSION_COLUMNS, [submission_cells(row)], output)
    say(f"Restored submission {row.id} ({row.file_name}).")


def original(context: typer.Context, submission: Number, output: Output = None) -> None:
    """Write the file of a submission as it was handed in.

    Who looked at it stands in the audit log.

    \b
    Example: callboard benchmarks original 3 --output peers.csv
    """
    session = session_of(context)
    from callboard.services.publishing.originals import read_original

    found = read_original(session.runtime(), session.actor, submission=submission)
    write_bytes(found.content, output)
    say(f"Wrote {found.name} of submission {submission}, sha256 {found.sha256}.")


def rejected(context: typer.Context, submission: Number, output: Output = None) -> None:
    """Write the rejected rows of a submission, to be mended.

    They are CSV, as they came, with their reasons and an id by which each is known again when it
    comes back.

    \b
    Example: callboard benchmarks rejected 3 --output mend.csv
    """
    session = session_of(context)
    from callboard.services.publishing.returning import rejected_rows

    content = rejected_rows(session.runtime(), session.actor, submission=submission)
    if output is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
    else:
        write_bytes(content, output)
