"""`callboard contracts list` and `history`: which there are, and what past runs made of one."""

from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, count_of, say, write_data
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.services.contracts.history import ContractLine, RuleLine, RunLine

Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
LIST_COLUMNS: tuple[str, ...] = (
    *("feed", "name", "version", "status", "owner", "database", "table"),
    *("columns", "rules", "last_run", "verdict"),
)
RUN_COLUMNS: tuple[str, ...] = (
    *("run", "at", "version", "verdict", "rows_in", "rows_used", "kept_out"),
    *("kept", "failed", "not_evaluated", "errors", "broken", "reasons"),
)
RULE_COLUMNS: tuple[str, ...] = (
    *("run", "at", "slice", "state", "evaluated", "failed"),
    *("observed", "threshold", "waived_until"),
)


def show_contracts(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List the contract of every connected feed, and how its last run ended.

    \b
    Example: callboard contracts list
    """
    session = session_of(context)
    from callboard.services.contracts.history import list_contracts

    found = list_contracts(session.runtime(), session.actor)
    if found or output is not OutputFormat.TABLE:
        write_data(LIST_COLUMNS, map(_contract, found), output)
    say(f"{count_of(len(found), 'contract')}.")


def show_history(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The feed.")],
    rule: Annotated[str, typer.Option(metavar="RULE", help="One rule; else all, counted.")] = "",
    runs: Annotated[int, typer.Option(min=1, help="How many runs back.")] = 20,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List what the last runs of a feed made of its contract, or of one of its rules.

    \b
    Example: callboard contracts history contacts --rule wait_seconds.range
    """
    session = session_of(context)
    from callboard.services.contracts import history

    runtime, actor = session.runtime(), session.actor
    rows: list[tuple[Cell, ...]]
    if rule:
        told = history.read_rule_history(runtime, actor, feed=feed, rule=rule, runs=runs)
        columns, rows = RULE_COLUMNS, [_rule(each) for each in told]
    else:
        found = history.read_history(runtime, actor, feed=feed, runs=runs)
        columns, rows = RUN_COLUMNS, [_run(each) for each in found]
    if rows or output is not OutputFormat.TABLE:
        write_data(columns, rows, output)
    else:
        say(f"{feed} was not judged yet.")


def _contract(line: "ContractLine") -> tuple[Cell, ...]:
    told = (line.feed, line.name, line.version, line.status, line.owner, line.database, line.table)
    verdict = line.verdict.value if line.verdict else None
    return (*told, line.columns, line.rules, line.last_run, verdict)


def _run(line: "RunLine") -> tuple[Cell, ...]:
    told = (line.run_id, line.at, line.version, line.verdict.value)
    rows = (line.rows_in, line.rows_used, line.kept_out)
    rules = (line.kept, line.failed, line.not_evaluated, line.errors)
    return (*told, *rows, *rules, ", ".join(line.broken), " ".join(line.reasons))


def _rule(line: "RuleLine") -> tuple[Cell, ...]:
    told = (line.run_id, line.at, line.slice_key, line.state.value)
    numbers = (line.evaluated, line.failed, line.observed, line.threshold)
    return (*told, *numbers, line.waived_until)
