"""`callboard refresh`: ask the feeds for what is new, once or until stopped."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.processes import end_on_request
from callboard.cli.progress import showing
from callboard.cli.rounds import Order, go_on_refreshing, refresh_once
from callboard.cli.session import session_of
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.services.refreshing.report import RefreshReport

COLUMNS = (
    *("feed", "verdict", "rows_in", "rows_used", "rows_quarantined", "days", "changed"),
    *("publication", "seconds"),
)
_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600}


def refresh(
    context: typer.Context,
    *,
    feed: Annotated[list[str] | None, typer.Option(help="Only this feed; may be repeated.")] = None,
    since: Annotated[
        date | None,
        typer.Option(parser=parse_day, metavar="DATE", help="Read the days since then anew."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Read everything anew.")] = False,
    every: Annotated[str, typer.Option(help="Go on until stopped, so often: 60s, 5m, 1h.")] = "",
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """Read what is new in the feeds, check it, publish the figures.

    Exits 1 where a feed could not be read or broke its contract; its last good figures stay.

    \b
    Example: callboard refresh --feed contacts --since 2026-01-01
    """
    session = session_of(context)
    order = Order(feeds=tuple(feed or ()), since=since, full=full)
    if every:
        end_on_request()
        go_on_refreshing(session, order, seconds=parse_span(every))
        return
    with showing("Refreshing") as tell:
        report = refresh_once(session, session.runtime(), order, tell)
    write_data(COLUMNS, _cells(report), output)
    for told in report.feeds:
        if told.reasons:
            say(told.sentence)
    if not report.is_good:
        raise typer.Exit(1)


def parse_span(text: str) -> float:
    """Return the seconds of `60s`, `5m` or `1h`; CallboardError for anything else."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]+)", text.strip())
    seconds = float(match[1]) * _UNITS[match[2]] if match and match[2] in _UNITS else 0.0
    if seconds <= 0:
        raise CallboardError(f"--every: found {text!r}; expected a span such as 60s, 5m or 1h.")
    return seconds


def _cells(report: "RefreshReport") -> list[list[Cell]]:
    return [[getattr(feed, name) for name in COLUMNS] for feed in report.feeds]
