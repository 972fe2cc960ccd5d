"""Puts the commands together and ends every call well: a sentence, an exit code, no traceback."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer

import callboard
from callboard.cli.alerts import app as alerts
from callboard.cli.annotations import app as annotations
from callboard.cli.baselines import app as baselines
from callboard.cli.benchmarks import app as benchmarks
from callboard.cli.breaks import app as breaks
from callboard.cli.changes import changes
from callboard.cli.check import check
from callboard.cli.comments import app as comments
from callboard.cli.connect import connect
from callboard.cli.contracts import app as contracts
from callboard.cli.demo import demo
from callboard.cli.digest import app as digest
from callboard.cli.funnel import funnel
from callboard.cli.handover import app as handover
from callboard.cli.journeys import app as journeys
from callboard.cli.new import new
from callboard.cli.notify import app as notify
from callboard.cli.packs import app as packs
from callboard.cli.peers import peers
from callboard.cli.printing import say
from callboard.cli.quarantine import app as quarantine
from callboard.cli.readings import readings
from callboard.cli.reference import reference
from callboard.cli.refresh import refresh
from callboard.cli.run import run
from callboard.cli.session import Session
from callboard.cli.signals import signals
from callboard.cli.status import status
from callboard.cli.targets import app as targets
from callboard.errors import CallboardError
from callboard.logs import log_error, log_place

app = typer.Typer(
    name="callboard",
    help="Service quality on one screen: KPIs per touchpoint, checked by data contracts.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)
for command in (
    *(run, check, new, connect, demo, refresh, readings, status),
    *(changes, signals, funnel, peers),
):
    app.command()(command)
app.add_typer(benchmarks, name="benchmarks")
app.add_typer(breaks, name="breaks")
app.add_typer(baselines, name="baselines")
app.add_typer(annotations, name="annotations")
app.add_typer(targets, name="targets")
app.add_typer(comments, name="comments")
app.add_typer(contracts, name="contracts")
app.add_typer(journeys, name="journeys")
app.add_typer(quarantine, name="quarantine")
app.add_typer(notify, name="notify")
app.add_typer(alerts, name="alerts")
app.add_typer(digest, name="digest")
app.add_typer(handover, name="handover")
app.add_typer(packs, name="pack")
app.command(hidden=True)(reference)


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"callboard {callboard.__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(help="The workspace folder; else CALLBOARD_WORKSPACE.")
    ] = None,
    home: Annotated[
        Path | None, typer.Option(help="Where store and logs live; else CALLBOARD_HOME.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version.")
    ] = False,
) -> None:
    """Service quality on one screen: KPIs per touchpoint, checked by data contracts."""
    context.obj = Session(workspace=workspace, home=home)


def main() -> None:
    """Run the command that the arguments name; exits 0, 1 on a refusal, 2 on a wrong call."""
    sys.excepthook = report_unexpected
    command = typer.main.get_command(app)  # calling the app itself would set another hook
    try:
        command(args=hoist_global_options(sys.argv[1:]), prog_name="callboard")
    except CallboardError as error:
        say(f"callboard: {error}")
        raise SystemExit(1) from None
    except OSError as error:  # a folder that cannot be written to, a full disk
        if error.filename is None:
            raise
        log_error(error, event="a file could not be used")
        say(f"callboard: {error.filename}: {error.strerror}.")
        raise SystemExit(1) from None


def hoist_global_options(arguments: list[str]) -> list[str]:
    """Move `--workspace` and `--home` to the front: they may stand after the command, too."""
    ours, others, rest = [], [], list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in ("--workspace", "--home") and rest:
            ours += [argument, rest.pop(0)]
        elif argument.startswith(("--workspace=", "--home=")):
            ours.append(argument)
        else:
            others.append(argument)
    return ours + others


def report_unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an error nobody foresaw, and tell the person the id by which the log knows it."""
    error_id = log_error(error.with_traceback(trace))
    say(f"callboard: something unexpected went wrong ({kind.__name__}), error {error_id}.")
    say(f"The details are in the log: {log_place()}")
