"""`callboard contracts gx`: the contract as Great Expectations takes it, and what it counts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.services.contracts.suites import RowComparison, Suite

COLUMNS = ("rule", "what", "callboard", "great_expectations", "same")


def write_suite(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The feed.")],
    *,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write the suite here, not on screen."),
    ] = None,
    rows: Annotated[
        bool, typer.Option("--rows", help="Judge the feed's newest rows by it, too.")
    ] = False,
    sample: Annotated[int, typer.Option(min=1, help="How many rows, with --rows.")] = 10_000,
    output: Annotated[
        OutputFormat, typer.Option("--format", help="What to write the counts of --rows as.")
    ] = OutputFormat.TABLE,
) -> None:
    """Write the rules of a feed's rows as a Great Expectations suite.

    It is plain JSON, to be used without Callboard. With --rows both judge the newest rows; exits 1
    where they do not count the same. Rules that the suite cannot hold are named.

    \b
    Example: callboard contracts gx contacts --to contacts.suite.json --rows
    """
    session = session_of(context)
    from callboard.services.contracts.suites import compare_rows, read_suite

    runtime = session.runtime()
    suite = read_suite(runtime, session.actor, feed=feed)
    if to is not None:
        to.write_text(suite.text, encoding="utf-8", newline="\n")
        say(f"Wrote {to}: {count_of(suite.size, 'expectation')}.")
    elif not rows:
        typer.echo(suite.text, nl=False)
    _tell_untold(suite)
    if rows:
        found = compare_rows(runtime, session.actor, feed=feed, sample=sample)
        _tell_rows(found, output)
        if found.different:
            raise typer.Exit(1)


def _tell_untold(suite: "Suite") -> None:
    for rule, why in suite.untold.items():
        say(f"Not in the suite: {rule}, {why}.")


def _tell_rows(found: "RowComparison", output: OutputFormat) -> None:
    lines = [
        (each.rule_id, each.description, each.ours, each.engine, each.is_alike)
        for each in found.counts
    ]
    if lines or output is not OutputFormat.TABLE:
        write_data(COLUMNS, lines, output)
    judged = f"{count_of(found.rows, 'row')} judged by {count_of(len(lines), 'rule')}"
    say(f"{judged}, {len(found.different)} counted otherwise.")
    if found.absent:
        say(f"Not judged, the table has no such column: {', '.join(found.absent)}.")
