"""`callboard connect`: from a database nobody has described to a workspace that runs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.connect_talk import tell_next, tell_plan, tell_survey
from callboard.cli.deciding import Alone, Decider, Together
from callboard.cli.printing import ask, say
from callboard.cli.progress import showing
from callboard.cli.session import Session, session_of
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.services.connecting.database_address import DatabaseAddress
    from callboard.services.connecting.offers import Offer
    from callboard.services.connecting.workspace_ground import Ground
    from callboard.services.connecting.workspace_writing import Change


def connect(  # noqa: PLR0913 - one for each option
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="sqlite:///file.db or postgresql://user@host/name.")
    ],
    *,
    into: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The workspace folder, new or not.")
    ] = None,
    schema: Annotated[str, typer.Option(help="Which schema; else the database's own.")] = "",
    name: Annotated[str, typer.Option(help="What a new workspace's organisation is called.")] = "",
    time_zone: Annotated[str, typer.Option(help="The zone a new one's days are counted in.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what fits well.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="With --yes: replace contracts that are there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask and write nothing; show what would change.")
    ] = False,
) -> None:
    """Find the feeds in a database, ask, and write the workspace.

    The database is only read, and only with bounded questions. Passwords stay out of the files:
    write ${NAME} for one, and it is taken from the environment. A workspace that is there is
    extended; --workspace names the folder as well as --into.

    \b
    Example: callboard connect postgresql://reader@db.example.org/service --into my-board
    """
    session = _session(session_of(context), into)
    decider = Alone(may_replace=replace or dry_run) if yes or dry_run else Together()
    try:
        _connect(
            session, url, schema=schema, decider=decider, called=(name, time_zone), dry=dry_run
        )
    except typer.Abort:
        say("Nothing was written. Where nobody can answer, add --yes or --dry-run.")
        raise typer.Exit(1) from None


def _connect(
    session: Session, url: str, *, schema: str, decider: Decider, called: tuple[str, str], dry: bool
) -> None:
    from callboard.services.connecting.database_address import read_address
    from callboard.services.connecting.offers import plan_connection
    from callboard.services.connecting.workspace_writing import diff_of

    ground = _open(session, called, asks=decider.asks)
    address = read_address(url, ground.settings, ground.databases)
    offers = _decide(session, ground, address, schema=schema, decider=decider)
    if not offers:
        raise CallboardError("No table was taken, so nothing was written.")
    changes = plan_connection(ground, session.actor, address, offers)
    if not changes:
        say("The workspace says all of this already; nothing was written.")
    elif dry:
        typer.echo(diff_of(changes), nl=False)
        if any(each.is_replacement for each in changes):
            say("To replace a contract takes --replace, or a yes when asked.")
        say("Nothing was written: this was --dry-run.")
    else:
        _write(ground, address, changes, decider=decider)


def _session(session: Session, into: Path | None) -> Session:
    """The session of the folder that is written to; never the example one starts with."""
    if into is not None:
        return Session(workspace=into, home=session.home, actor=session.actor)
    if session.workspace is None and "CALLBOARD_WORKSPACE" not in session.settings.environment:
        raise CallboardError("Say which folder the workspace is, or is to be in: --into my-board.")
    return session


def _open(session: Session, called: tuple[str, str], *, asks: bool) -> "Ground":
    from callboard.services.connecting.workspace_ground import open_ground
    from callboard.workspace import WORKSPACE_FILE

    name, zone = called
    if asks and not (session.settings.workspace / WORKSPACE_FILE).exists():
        name = name or ask("What is your organisation called", "My organisation")
        zone = zone or ask("In which time zone are its days, such as Europe/London", "UTC")
    return open_ground(session.settings, name=name, time_zone=zone)


def _decide(
    session: Session,
    ground: "Ground",
    address: "DatabaseAddress",
    *,
    schema: str,
    decider: Decider,
) -> "Sequence[Offer]":
    from callboard.services.connecting.database_address import shown
    from callboard.services.connecting.database_survey import survey_database

    with showing(f"Looking at {shown(address.url)}") as tell:
        survey = survey_database(
            ground,
            session.actor,
            address,
            schema=schema,
            on_progress=lambda done, total: tell(f"{done} of {total} tables"),
        )
    tell_survey(survey)
    return decider.decide(ground, address, survey)


def _write(
    ground: "Ground", address: "DatabaseAddress", changes: "Sequence[Change]", *, decider: Decider
) -> None:
    from callboard.services.connecting.workspace_writing import write_changes

    tell_plan(ground, changes)
    if not decider.agrees("Write these files"):
        say("Nothing was written.")
        return
    for path in write_changes(ground, changes):
        typer.echo(path)
    tell_next(ground, address)
