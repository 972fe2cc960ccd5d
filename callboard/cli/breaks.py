"""`callboard breaks`: where a process has changed for good, so that limits start anew."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of
from metrics.model import Grain

if TYPE_CHECKING:
    from callboard.views import BreakPreview, BreakRow

app = typer.Typer(
    help="Where a process changed for good: limits start anew there.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
BREAK_COLUMNS = (
    *("id", "touchpoint", "metric", "day", "reason", "actor", "at"),
    *("evidence", "holds", "withdrawn"),
)
PROPOSAL_COLUMNS = (
    *("touchpoint", "metric", "grain", "day", "before", "after"),
    *("centre_before", "centre_after", "unit_text", "sentence"),
)
Touchpoint = Annotated[str, typer.Argument(help="The code of the touchpoint.")]
Metric = Annotated[str, typer.Argument(help="The code of the metric, such as otd.")]
OfTouchpoint = Annotated[str, typer.Option("--touchpoint", help="Its code; else all.")]
OfMetric = Annotated[str, typer.Option("--metric", help="Its code, such as otd; else all.")]
Length = Annotated[Grain, typer.Option("--grain", help="How long a period is.")]
Number = Annotated[int, typer.Argument(metavar="BREAK", help="Its number, as `list` shows it.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the breaks there are, those withdrawn among them.

    \b
    Example: callboard breaks list --metric otd --format csv
    """
    session = session_of(context)
    from callboard.services.breaking.breaks import list_breaks

    found = list_breaks(session.runtime(), session.actor, touchpoint=touchpoint, metric=metric)
    write_data(BREAK_COLUMNS, [_break(each) for each in found], output)
    if not found:
        say("No break was approved. `callboard breaks propose` looks for steps.")


@app.command()
def propose(
    context: typer.Context,
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    grain: Length = Grain.WEEK,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Look for steps in the newest periods; nothing is changed.

    A step is a shift of eight periods or more that still runs and has settled on its new level.
    Whether something changed for good, a person knows: approve it with its reason, or leave it.

    \b
    Example: callboard breaks propose --touchpoint field_delivery --format json
    """
    session = session_of(context)
    from callboard.services.breaking.proposing import propose_breaks

    found = propose_breaks(
        session.runtime(), session.actor, touchpoint=touchpoint, metric=metric, grain=grain
    )
    columns = PROPOSAL_COLUMNS if output is not OutputFormat.TABLE else ("touchpoint", "sentence")
    write_data(columns, [tuple(getattr(each, name) for name in columns) for each in found], output)
    if not found:
        say(f"No step is found in the newest {grain.value}s.")


@app.command()
def approve(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    touchpoint: Touchpoint,
    metric: Metric,
    *,
    day: Annotated[
        date,
        typer.Option("--from", parser=parse_day, metavar="DATE", help="The day it changed on."),
    ],
    reason: Annotated[str, typer.Option(help="What changed; stands on every chart.")],
    grain: Length = Grain.WEEK,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")
    ] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let limits start anew with the period that holds a day.

    The period needs a reading, and no other break. With fewer than eight periods before or after,
    the break is provisional.

    \b
    Example: callboard breaks approve field_delivery otd --from 2026-09-21 --reason "New carrier"
    """
    session = session_of(context)
    from callboard.services.breaking import breaks as breaking

    asked = {"touchpoint": touchpoint, "metric": metric, "day": day.isoformat()}
    runtime, actor = session.runtime(), session.actor
    if dry_run:
        _say_preview(breaking.check(runtime, actor, **asked, grain=grain))
        return
    row, preview = breaking.approve(runtime, actor, **asked, reason=reason, grain=grain)
    write_data(BREAK_COLUMNS, [_break(row)], output)
    say(f"Approved break {row.id}. {preview.sentence}")


@app.command()
def withdraw(
    context: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option(help="Why; stands in the history.")],
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a break hold no more; limits are as if it had never been.

    \b
    Example: callboard breaks withdraw 3 --note "It was the weather"
    """
    session = session_of(context)
    from callboard.services.breaking.breaks import withdraw

    row = withdraw(session.runtime(), session.actor, number=number, note=note)
    write_data(BREAK_COLUMNS, [_break(row)], output)
    say(f"Withdrew break {row.id} ({row.reason}).")


@app.command()
def restore(
    context: typer.Context,
    number: Number,
    grain: Length = Grain.WEEK,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a withdrawn break hold again.

    \b
    Example: callboard breaks restore 3
    """
    session = session_of(context)
    from callboard.services.breaking.breaks import restore

    row = restore(session.runtime(), session.actor, number=number, grain=grain)
    write_data(BREAK_COLUMNS, [_break(row)], output)
    say(f"Break {row.id} holds again ({row.reason}).")


def _say_preview(preview: "BreakPreview") -> None:
    if preview.refused:
        say(preview.refused)
        raise typer.Exit(1)
    say(preview.sentence)
    for name in ("centre", "limits", "verdict"):
        now, then = getattr(preview, name)
        say(f"{name.capitalize()}: {now} → {then}")


def _break(row: "BreakRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in BREAK_COLUMNS)
