"""`callboard readings`: the figures, for other programs and for eyes."""

from dataclasses import astuple, fields
from datetime import date
from typing import Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import OutputFormat, say, write_data
from callboard.cli.session import session_of
from metrics.model import Grain

Since = Annotated[
    date | None,
    typer.Option(parser=parse_day, metavar="DATE", help="From the period that holds this day."),
]
Until = Annotated[
    date | None,
    typer.Option(parser=parse_day, metavar="DATE", help="To the period that holds this day."),
]


def readings(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    *,
    metric: Annotated[str, typer.Option(help="Its code, such as otd; else all.")] = "",
    touchpoint: Annotated[str, typer.Option(help="Its code; else all.")] = "",
    grain: Annotated[Grain, typer.Option(help="How long a period is.")] = Grain.WEEK,
    since: Since = None,
    until: Until = None,
    dimension: Annotated[str, typer.Option(help="Split by it: channel, region, team …")] = "",
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """Write readings with all they are made of.

    That is numerator, denominator, n, and whether the period is complete. Dates are ISO, numbers in
    full precision; the value is in the metric's unit. "collapsed" is true where so little of the
    usual volume is behind a value that it is shown but not judged.

    \b
    Example: callboard readings --metric otd --grain week --since 2026-01-01 --format csv
    """
    session = session_of(context)
    from callboard.services.readings.export import ReadingRecord, export_readings

    records = export_readings(
        session.runtime(),
        session.actor,
        metric=metric,
        touchpoint=touchpoint,
        grain=grain,
        since=since,
        until=until,
        dimension=dimension,
    )
    columns = [each.name for each in fields(ReadingRecord)]
    write_data(columns, (astuple(record) for record in records), output)
    if not records:
        say("There are no readings for that. `callboard status` tells what there is.")
