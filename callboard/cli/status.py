"""`callboard status`: how things stand."""

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import Session, session_of

if TYPE_CHECKING:
    from callboard.services.status import Status


def status(
    context: typer.Context,
    output: Annotated[OutputFormat, typer.Option("--format")] = OutputFormat.TABLE,
) -> None:
    """Show the state of every feed and of the store.

    Exits 1 where somebody changed the audit trail.

    \b
    Example: callboard status --workspace examples/demo
    """
    session = session_of(context)
    from callboard.services.status import FeedStatus, read_status

    state = read_status(session.runtime(), session.actor)
    if output is OutputFormat.JSON:
        write_document({**asdict(state), "home": str(session.settings.home)})
    else:
        columns = [each.name for each in fields(FeedStatus)]
        rows = [[getattr(feed, name) for name in columns] for feed in state.feeds]
        write_data(columns, rows, output)
        _tell(session, state)
    if state.acts_broken:
        raise typer.Exit(1)


def _tell(session: Session, state: "Status") -> None:
    places = count_of(state.touchpoints, "touchpoint")
    say(f"{state.workspace}: {count_of(state.metrics, 'metric')} at {places}; {state.summary}.")
    say(
        f"Publication {state.publication}, {state.series:,} series, "
        f"{count_of(state.benchmarks, 'benchmark')}, store on {state.store}."
    )
    say(_trail(state))
    say(f"Store and logs live in {session.settings.home}.")
    reasons: dict[str, list[str]] = {}
    for metric, why in state.metrics_off.items():
        reasons.setdefault(why, []).append(metric)
    for why, metrics in reasons.items():
        say(f"Off, {why}: {', '.join(metrics)}.")


def _trail(state: "Status") -> str:
    if not state.acts_broken:
        return f"Audit trail of {count_of(state.acts, 'act')}, unbroken."
    rows = ", ".join(str(each) for each in state.acts_broken)
    return (
        f"The audit trail is broken at {rows}: somebody changed or removed what was there. "
        "Compare it with a backup of the store."
    )
