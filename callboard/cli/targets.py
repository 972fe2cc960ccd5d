"""`callboard targets`: what is promised from when; set, withdrawn, brought back, from a file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.days import parse_day
from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of
from metrics.model import Grain

if TYPE_CHECKING:
    from callboard.views import PromiseRow, TargetFile, TargetPreview, TargetRow

app = typer.Typer(
    help="What is promised of each metric, and from when.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
PROMISE_COLUMNS = (
    *("touchpoint", "metric", "target", "unit_text", "since", "until", "source", "reason"),
    *("promise_text", "periods_met", "periods_judged", "next_text"),
)
TARGET_COLUMNS = (
    *("id", "touchpoint", "metric", "value", "unit_text", "day", "until", "reason", "actor"),
    *("at", "evidence", "holds", "withdrawn"),
)
LINE_COLUMNS = ("line", "touchpoint", "metric", "value_text", "day", "until", "sentence")
Touchpoint = Annotated[str, typer.Argument(help="The code of the touchpoint.")]
Metric = Annotated[str, typer.Argument(help="The code of the metric, such as otd.")]
Length = Annotated[Grain, typer.Option("--grain", help="How long a period is.")]
Number = Annotated[int, typer.Argument(metavar="TARGET", help="Its number, as `list` shows it.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
Anew = Annotated[
    bool, typer.Option("--anew", help="Judge periods that are over anew, where it reaches back.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what it would do, and change nothing.")
]


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: Annotated[str, typer.Option("--touchpoint", help="Its code; else all.")] = "",
    *,
    history: Annotated[
        bool, typer.Option("--history", help="Every target that was set, also those withdrawn.")
    ] = False,
    grain: Length = Grain.WEEK,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List what is promised today and how it is kept; or all that was ever set.

    \b
    Example: callboard targets list --history --format csv
    """
    session = session_of(context)
    from callboard.services.promising.promises import read_promises

    places = (touchpoint,) if touchpoint else ()
    view = read_promises(session.runtime(), session.actor, grain=grain, touchpoints=places)
    if history:
        write_data(TARGET_COLUMNS, [_target(each) for each in view.history], output)
    else:
        write_data(PROMISE_COLUMNS, [_promise(each) for each in view.rows], output)
    say(view.headline)


@app.command(name="set")
def set_one(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    touchpoint: Touchpoint,
    metric: Metric,
    *,
    day: Annotated[
        date, typer.Option("--from", parser=parse_day, metavar="DATE", help="Its first day.")
    ],
    reason: Annotated[str, typer.Option(help="Why; stands beside the target.")] = "",
    value: Annotated[
        float | None, typer.Option(help="The target in the metric's unit; else there is none.")
    ] = None,
    none: Annotated[
        bool, typer.Option("--none", help="Promise nothing any more in these days.")
    ] = False,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=parse_day, metavar="DATE", help="Its last day, if any."),
    ] = None,
    anew: Anew = False,
    grain: Length = Grain.WEEK,
    dry_run: DryRun = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Promise a value from a day on, in place of what the files and earlier targets say.

    \b
    Example: callboard targets set field_delivery otd --value 95 --from 2027-01-01
        --reason "New contract"
    """
    if none == (value is not None):
        raise typer.BadParameter("give either --value, or --none.")
    session = session_of(context)
    from callboard.services.promising import targets as promising

    asked = {"touchpoint": touchpoint, "metric": metric, "day": day.isoformat()}
    last = until.isoformat() if until else ""
    runtime, actor = session.runtime(), session.actor
    if dry_run:
        _say_preview(promising.check(runtime, actor, **asked, value=value, until=last, grain=grain))
        return
    row, preview = promising.set_target(
        runtime, actor, **asked, value=value, until=last, reason=reason, is_anew=anew, grain=grain
    )
    write_data(TARGET_COLUMNS, [_target(row)], output)
    say(f"Set target {row.id}. {preview.sentence} {preview.again}".rstrip())


@app.command()
def withdraw(
    context: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option(help="Why; stands in the history.")],
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a target hold no more; all is judged as if it had never been.

    \b
    Example: callboard targets withdraw 3 --note "Not agreed yet"
    """
    session = session_of(context)
    from callboard.services.promising.targets import check_act, withdraw

    runtime, actor = session.runtime(), session.actor
    again = check_act(runtime, actor, number=number)
    row = withdraw(runtime, actor, number=number, note=note)
    write_data(TARGET_COLUMNS, [_target(row)], output)
    say(f"Withdrew target {row.id} ({row.reason}). {again}".rstrip())


@app.command()
def restore(context: typer.Context, number: Number, output: Format = OutputFormat.TABLE) -> None:
    """Let a withdrawn target hold again.

    \b
    Example: callboard targets restore 3
    """
    session = session_of(context)
    from callboard.services.promising.targets import check_act, restore

    runtime, actor = session.runtime(), session.actor
    again = check_act(runtime, actor, number=number)
    row = restore(runtime, actor, number=number)
    write_data(TARGET_COLUMNS, [_target(row)], output)
    say(f"Target {row.id} holds again ({row.reason}). {again}".rstrip())


@app.command(name="import")
def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file.")],
    *,
    anew: Anew = False,
    grain: Length = Grain.WEEK,
    dry_run: DryRun = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Set targets from a CSV: touchpoint, metric, value, from, until, reason. All, or none.

    Every line is told what it would do, or why it cannot. An empty value ends what is promised.

    \b
    Example: callboard targets import targets.csv --dry-run
    """
    session = session_of(context)
    from callboard.services.promising.target_files import apply_file, check_file

    runtime, actor, content = session.runtime(), session.actor, file.read_bytes()
    looked = check_file(runtime, actor, content=content, grain=grain)
    _write_lines(looked, output)
    if dry_run or not looked.can_be_applied:
        say(looked.sentence + ("" if dry_run else " Nothing was changed."))
        raise typer.Exit(0 if looked.can_be_applied else 1)
    say(apply_file(runtime, actor, content=content, is_anew=anew, grain=grain).sentence)


def _write_lines(file: "TargetFile", output: OutputFormat) -> None:
    columns = (*LINE_COLUMNS, "is_refused")
    rows = [tuple(getattr(each, name) for name in columns) for each in file.lines]
    write_data(columns, rows, output)


def _say_preview(preview: "TargetPreview") -> None:
    if preview.refused:
        say(preview.refused)
        raise typer.Exit(1)
    say(preview.sentence)
    for name in ("target", "promise", "met", "verdict"):
        now, then = getattr(preview, name)
        if now:
            say(f"{name.capitalize()}: {now} → {then}")
    if preview.again:
        say(f"{preview.again} Say --anew if that is meant.")


def _target(row: "TargetRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in TARGET_COLUMNS)


def _promise(row: "PromiseRow") -> tuple[Cell, ...]:
    met = row.met or (None, None)
    told = {"periods_met": met[0], "periods_judged": met[1]}
    return tuple(told[name] if name in told else getattr(row, name) for name in PROMISE_COLUMNS)
