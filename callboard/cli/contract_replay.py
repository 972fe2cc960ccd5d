"""`callboard contracts replay`: what another contract would have made of past runs, or of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import Session, session_of

if TYPE_CHECKING:
    from callboard.services.contracts.replaying import Replay, ReplayedRun, RuleTurn
    from callboard.services.contracts.replaying_rows import RowsReplay
    from data_contracts.evidence import RuleResult

Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
REPLAY_COLUMNS = (
    *("feed", "run", "at", "then", "now", "kept_out_then", "kept_out_now"),
    *("rules", "not_judged", "held_back_by"),
)
ROWS_COLUMNS = ("feed", "rule", "what", "then", "now", "broken_then", "broken_now")
_PUBLISHED = {True: "published", False: "withheld", None: "not known"}


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
    rows: Annotated[
        bool, typer.Option("--rows", help="Read the rows again, as they are today.")
    ] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Show which past runs would be judged differently by the contract as it is now.

    A run is judged by what it counted; of a rule whose rows were not counted then, nothing is
    said. With --rows the feed is read instead, from the first day of those runs on, and judged by
    the last run's contract and by the one now. Nothing is stored.

    \b
    Example: callboard contracts replay contacts --contract new/contacts.odcs.yaml
    """
    session = session_of(context)
    if rows:
        _show_rows(session, feed, contract=contract, runs=runs, output=output)
        return
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


def _show_rows(
    session: Session, feed: str, *, contract: Path | None, runs: int, output: OutputFormat
) -> None:
    from callboard.services.contracts.replaying_rows import replay_rows

    replays = replay_rows(session.runtime(), session.actor, feed=feed, contract=contract, runs=runs)
    if output is OutputFormat.JSON:
        write_document([asdict(each) for each in replays])
    elif output is OutputFormat.CSV or any(each.different for each in replays):
        write_data(ROWS_COLUMNS, _rule_rows(replays), output)
    for each in replays:
        _tell_rows(each)


def _rule_rows(replays: Sequence["RowsReplay"]) -> Iterator[tuple[Cell, ...]]:
    for replay in replays:
        for rule in replay.different:
            words = next(each.description for each in (rule.after, rule.before) if each)
            states = (_state(rule.before), _state(rule.after))
            yield (
                replay.feed,
                rule.rule_id,
                words,
                *states,
                *map(_failed, (rule.before, rule.after)),
            )


def _state(result: "RuleResult | None") -> str:
    return f"{result.state.value}, {result.severity.value}" if result else "no rule"


def _failed(result: "RuleResult | None") -> int | None:
    return result.failed if result else None


def _tell_rows(replay: "RowsReplay") -> None:
    since = f" since {replay.since}" if replay.since else ""
    say(
        f"{replay.feed} {replay.old_version} to {replay.new_version}: "
        f"{count_of(replay.rows_in, 'row')}{since}, {replay.kept_out_before:,} kept out then and "
        f"{replay.kept_out_after:,} now; {_PUBLISHED[replay.was_publishable]} then and "
        f"{_PUBLISHED[replay.is_publishable]} now."
    )
    for reason in replay.reasons:
        say(f"Held back by: {reason}")
