"""`callboard baselines`: which periods make the limits, and which are set aside from them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.breaks import Format, Length, Metric, OfMetric, OfTouchpoint, Touchpoint
from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of
from metrics.chosen import BaselineUse
from metrics.model import Grain

if TYPE_CHECKING:
    from callboard.views import BaselinePreview, BaselineRow

app = typer.Typer(
    help="What limits are made from: some periods, or all but some.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
BASELINE_COLUMNS = (
    *("id", "touchpoint", "metric", "use", "first", "last", "reason", "actor", "at"),
    *("evidence", "holds", "withdrawn"),
)
PROPOSAL_COLUMNS = ("touchpoint", "metric", "grain", "first", "last", "sentence")
Number = Annotated[int, typer.Argument(metavar="BASELINE", help="Its number, as `list` shows it.")]


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """List the baselines there are, those withdrawn among them.

    \b
    Example: callboard baselines list --metric otd --format csv
    """
    session = session_of(context)
    from callboard.services.breaking.baselines import list_baselines

    found = list_baselines(session.runtime(), session.actor, touchpoint=touchpoint, metric=metric)
    write_data(BASELINE_COLUMNS, [_baseline(each) for each in found], output)
    if not found:
        say("No baseline is laid down. `callboard baselines propose` looks for periods far off.")


@app.command()
def propose(
    context: typer.Context,
    touchpoint: OfTouchpoint = "",
    metric: OfMetric = "",
    grain: Length = Grain.WEEK,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Look for a few periods so far off that limits without them give another verdict.

    A strike in the baseline makes ordinary weeks look better than usual. Whether there was a cause
    that is over, a person knows: set the days aside with its reason, or leave them.

    \b
    Example: callboard baselines propose --touchpoint field_delivery --format json
    """
    session = session_of(context)
    from callboard.services.breaking.far_off import propose_aside

    found = propose_aside(
        session.runtime(), session.actor, touchpoint=touchpoint, metric=metric, grain=grain
    )
    columns = PROPOSAL_COLUMNS if output is not OutputFormat.TABLE else ("touchpoint", "sentence")
    write_data(columns, [tuple(getattr(each, name) for name in columns) for each in found], output)
    if not found:
        say(f"No {grain.value}s lie far enough off to change a verdict.")


@app.command()
def lay(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    touchpoint: Touchpoint,
    metric: Metric,
    *,
    use: Annotated[
        BaselineUse,
        typer.Option(help="only: limits from these days; aside: limits from all others."),
    ],
    first: Annotated[
        date,
        typer.Option("--from", parser=parse_day, metavar="DATE", help="The first of the days."),
    ],
    last: Annotated[
        date, typer.Option("--to", parser=parse_day, metavar="DATE", help="The last of the days.")
    ],
    reason: Annotated[str, typer.Option(help="Why; stands beside the limits.")],
    grain: Length = Grain.WEEK,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")
    ] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Say which days are the usual ones, or which are not; all periods are judged all the same.

    With `only`, limits stand on the whole periods within the days, eight or more, and stay there.
    With `aside`, every period that holds one of the days makes no limits.

    \b
    Example: callboard baselines lay field_delivery otd --use aside --from 2026-10-12
             --to 2026-10-18 --reason "Carrier's strike"
    """
    session = session_of(context)
    from callboard.services.breaking import baselines

    asked = {
        "touchpoint": touchpoint,
        "metric": metric,
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    runtime, actor = session.runtime(), session.actor
    if dry_run:
        _say_preview(baselines.check_baseline(runtime, actor, **asked, use=use, grain=grain))
        return
    row, preview = baselines.lay_baseline(
        runtime, actor, **asked, use=use, reason=reason, grain=grain
    )
    write_data(BASELINE_COLUMNS, [_baseline(row)], output)
    say(f"Laid down baseline {row.id}. {preview.sentence}")


@app.command()
def withdraw(
    context: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option(help="Why; stands in the history.")],
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a baseline hold no more; limits are as if it had never been.

    \b
    Example: callboard baselines withdraw 3 --note "The strike went on all year"
    """
    session = session_of(context)
    from callboard.services.breaking.baselines import withdraw

    row = withdraw(session.runtime(), session.actor, number=number, note=note)
    write_data(BASELINE_COLUMNS, [_baseline(row)], output)
    say(f"Withdrew baseline {row.id} ({row.reason}).")


@app.command()
def restore(
    context: typer.Context,
    number: Number,
    grain: Length = Grain.WEEK,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a withdrawn baseline hold again.

    \b
    Example: callboard baselines restore 3
    """
    session = session_of(context)
    from callboard.services.breaking.baselines import restore

    row = restore(session.runtime(), session.actor, number=number, grain=grain)
    write_data(BASELINE_COLUMNS, [_baseline(row)], output)
    say(f"Baseline {row.id} holds again ({row.reason}).")


def _say_preview(preview: "BaselinePreview") -> None:
    if preview.refused:
        say(preview.refused)
        raise typer.Exit(1)
    say(preview.sentence)
    for name in ("centre", "limits", "verdict"):
        now, then = getattr(preview, name)
        say(f"{name.capitalize()}: {now} → {then}")


def _baseline(row: "BaselineRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in BASELINE_COLUMNS)
