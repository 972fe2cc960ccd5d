"""`callboard contracts`: what each feed's data has to be, and what its past runs made of that."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.contract_docs import write_docs
from callboard.cli.contract_history import show_contracts, show_history
from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import session_of
from callboard.errors import DefinitionError

if TYPE_CHECKING:
    from callboard.services.contracts.diffing import DefinitionDiff
    from callboard.services.contracts.replaying import Replay, ReplayedRun, RuleTurn

app = typer.Typer(
    help="What feeds promise, and what another promise would change.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.command("list")(show_contracts)
app.command("history")(show_history)
app.command("docs")(write_docs)
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
DIFF_COLUMNS = ("definition", "name", "where", "weight", "needs", "edit")
REPLAY_COLUMNS = (
    *("feed", "run", "at", "then", "now", "kept_out_then", "kept_out_now"),
    *("rules", "not_judged", "held_back_by"),
)
_PUBLISHED = {True: "published", False: "withheld", None: "not known"}


_WHAT = "a contract, a metric, or a folder of them."
Old = Annotated[
    Path, typer.Argument(metavar="OLD", exists=True, help=f"The version before: {_WHAT}")
]
New = Annotated[
    Path, typer.Argument(metavar="NEW", exists=True, help=f"The version after: {_WHAT}")
]


@app.command("diff")
def show_diff(old: Old, new: New, output: Format = OutputFormat.TABLE) -> None:
    """Show what a new version of contracts and metrics promises otherwise.

    Also rules that are gone or milder, wider tolerances, later promises, other units and formulas.
    Exits 1 where something breaks or less is promised and the version does not say so, 2 where the
    two cannot be compared.

    \b
    Example: callboard contracts diff before/contacts.odcs.yaml data_contracts/contacts.odcs.yaml
    """
    from callboard.services.contracts.diffing import NotComparable, diff_definitions

    try:
        diffs = diff_definitions(old, new)
    except (DefinitionError, NotComparable) as error:
        say(str(error))
        raise typer.Exit(2) from None
    if output is OutputFormat.JSON:
        write_document([asdict(each) for each in diffs])
    elif diffs or output is OutputFormat.CSV:
        write_data(DIFF_COLUMNS, _edit_rows(diffs), output)
    _tell(diffs)
    if not all(each.is_told for each in diffs):
        raise typer.Exit(1)


def _edit_rows(diffs: Sequence["DefinitionDiff"]) -> Iterator[tuple[Cell, ...]]:
    for diff in diffs:
        for each in diff.edits:
            told = (each.where, each.weight.value, each.level.value, each.sentence)
            yield (diff.kind.value, diff.name, *told)


def _tell(diffs: Sequence["DefinitionDiff"]) -> None:
    for diff in diffs:
        say(f"{diff.kind.value} {diff.name}: {count_of(len(diff.edits), 'edit')}{_versions(diff)}.")
    if not diffs:
        say("Nothing is promised otherwise.")


def _versions(diff: "DefinitionDiff") -> str:
    if not (diff.old_version and diff.new_version):
        return ""
    versions = f", version {diff.old_version} to {diff.new_version}"
    if diff.is_told:
        return versions
    return f"{versions}, which has to be {diff.needed_version} or later"


@app.command("replay")
def show_replay(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="[FEED]", help="One feed; else all.")] = "",
    contract: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Another contract than the feed's own.",
        ),
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="How many runs back.")] = 20,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Show which past runs would be judged differently by the contract as it is now.

    A run is judged by what it counted; of a rule whose rows were not counted then, nothing is
    said. Nothing is stored.

    \b
    Example: callboard contracts replay contacts --contract new/contacts.odcs.yaml
    """
    session = session_of(context)
    from callboard.services.contracts.replaying import replay_runs

    replays = replay_runs(session.runtime(), session.actor, feed=feed, contract=contract, runs=runs)
    if output is OutputFormat.JSON:
        write_document([asdict(each) for each in replays])
    elif output is OutputFormat.CSV or any(each.different for each in replays):
        write_data(REPLAY_COLUMNS, _replay_rows(replays), output)
    for each in replays:
        _tell_replay(each)


def _replay_rows(replays: Sequence["Replay"]) -> Iterator[tuple[Cell, ...]]:
    for replay in replays:
        for run in replay.different:
            verdicts = (_PUBLISHED[run.was_published], _PUBLISHED[run.is_published])
            rules = ", ".join(_turn(each) for each in run.turns)
            rows = (run.kept_out, _kept_out(run))
            told = (rules, ", ".join(run.unjudged), " ".join(run.reasons))
            yield (replay.feed, run.run_id, run.at, *verdicts, *rows, *told)


def _kept_out(run: "ReplayedRun") -> str:
    few, most = run.fewest_kept_out, run.most_kept_out
    return f"{few}" if few == most else f"{few} to {most}"


def _turn(turn: "RuleTurn") -> str:
    name = f"{turn.rule_id} [{turn.slice_key}]" if turn.slice_key else turn.rule_id
    before, after = (each.value if each else "no rule" for each in (turn.before, turn.after))
    return f"{name}: {before} to {after}"


def _tell_replay(replay: "Replay") -> None:
    say(
        f"{replay.feed} {replay.version}: {count_of(len(replay.runs), 'run')} judged again, "
        f"{len(replay.different)} differently."
    )
    unjudged = sorted({rule for run in replay.runs for rule in run.unjudged})
    if unjudged:
        say(f"Not evaluated, their rows were not counted then: {', '.join(unjudged)}.")
    if replay.without_evidence:
        say(f"{count_of(replay.without_evidence, 'run')} kept nothing to judge again.")
