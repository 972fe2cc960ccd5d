"""`callboard benchmarks names` and `peers`: who is also called what, and who our peers are."""

from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of
from callboard.entities import NameKind
from callboard.errors import CallboardError

if TYPE_CHECKING:
    from callboard.views.upkeep import NameRow, PeerSetRow

names = typer.Typer(
    help="Names that stand for others: aliases, renames, mergers.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
peers = typer.Typer(
    help="Peer sets: with whom we are compared, and why.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
NAME_COLUMNS = (
    *("id", "entity", "name", "kind", "from_day", "reason", "actor", "at", "counts", "standing"),
)
PEER_COLUMNS = ("id", "name", "entities", "reason", "actor", "at", "counts", "standing")
Format = Annotated[OutputFormat, typer.Option("--format", help="What to write the data as.")]
Why = Annotated[str, typer.Option(help="Why; stands in the history.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number, as `list` shows it.")]


@names.command(name="list")
def list_names(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List the names of entities.yaml and every edit; some count no more.

    \b
    Example: callboard benchmarks names list --format csv
    """
    session = session_of(context)
    from callboard.services.naming.names import list_names

    found = list_names(session.runtime(), session.actor)
    write_data(NAME_COLUMNS, [_name(row) for row in found], output)
    if not found:
        say("No name stands for another.")


@names.command()
def add(  # noqa: PLR0913 - arguments, each given by its name
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name in files.")],
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="For whom it stands.")],
    *,
    why: Why,
    kind: Annotated[
        NameKind, typer.Option(help="Another spelling, a new name, or a merger.")
    ] = NameKind.ALIAS,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="The first day it does; else always.")
    ] = "",
    output: Format = OutputFormat.TABLE,
) -> None:
    """Let a name stand for an entity; a rename or a merger has the day it began.

    \b
    Example: callboard benchmarks names add "Virgin America" "Alaska Air" --kind merger
             --from 2018-04-25 --why "One operating certificate"
    """
    session = session_of(context)
    from callboard.services.naming.names import add_name

    told = {"name": name, "entity": entity, "why": why, "kind": kind.value, "from_day": since}
    row = add_name(session.runtime(), session.actor, **told)
    write_data(NAME_COLUMNS, [_name(row)], output)
    from_day = f" from {row.from_day.isoformat()}" if row.from_day else ""
    say(f"{row.name} stands for {row.entity}{from_day}, as name {row.id}.")


@names.command(name="withdraw")
def withdraw_name(context: typer.Context, number: Number, *, note: Why) -> None:
    """Let a name stand for nothing more.

    \b
    Example: callboard benchmarks names withdraw 3 --note "The merger was called off"
    """
    session = session_of(context)
    from callboard.services.naming.names import withdraw_name

    row = withdraw_name(session.runtime(), session.actor, number=number, note=note)
    say(f"{row.name} stands for {row.entity} no more.")


@names.command(name="restore")
def restore_name(context: typer.Context, number: Number) -> None:
    """Let a withdrawn name stand again.

    \b
    Example: callboard benchmarks names restore 3
    """
    session = session_of(context)
    from callboard.services.naming.names import restore_name

    row = restore_name(session.runtime(), session.actor, number=number)
    say(f"{row.name} stands for {row.entity} again.")


@names.command(name="write")
def write_files(context: typer.Context) -> None:
    """Write names and peer sets to the workspace's entities.yaml and workspace.yaml.

    Comments and everything else in the files stay. Nothing is written where somebody changed the
    names or peer sets of a file since Callboard read it.

    \b
    Example: callboard benchmarks names write
    """
    session = session_of(context)
    from callboard.services.naming.writing import write_workspace_files

    written = write_workspace_files(session.runtime(), session.actor)
    for path in written:
        say(f"Wrote {path}.")
    if not written:
        say("The files say it already. Nothing was written.")


@peers.command(name="list")
def list_peer_sets(context: typer.Context, output: Format = OutputFormat.TABLE) -> None:
    """List the peer sets of workspace.yaml and every edit; some count no more.

    \b
    Example: callboard benchmarks peers list --format json
    """
    session = session_of(context)
    from callboard.services.naming.peers import list_peer_sets

    found = list_peer_sets(session.runtime(), session.actor)
    write_data(PEER_COLUMNS, [_peer_set(row) for row in found], output)
    if not found:
        say("There is no peer set: everybody who publishes is compared with us.")


@peers.command()
def edit(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="SET", help="The name of the peer set.")],
    entities: Annotated[
        list[str] | None, typer.Argument(metavar="ENTITY...", help="Everybody in it.")
    ] = None,
    *,
    why: Why,
    is_dropped: Annotated[bool, typer.Option("--drop", help="Take the set away.")] = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Say who is in a peer set and why they compare, or take the set away.

    \b
    Example: callboard benchmarks peers edit "Near us" Alder Birch --why "The same towns"
    """
    session = session_of(context)
    from callboard.services.naming.peers import edit_peer_set

    members = entities or []
    if bool(members) is is_dropped:
        raise CallboardError("Name everybody in the peer set, or take it away with --drop.")
    row = edit_peer_set(session.runtime(), session.actor, name=name, entities=members, why=why)
    write_data(PEER_COLUMNS, [_peer_set(row)], output)
    say(f"Peer set {row.name}: {', '.join(row.entities) or 'taken away'}, as edit {row.id}.")


@peers.command(name="withdraw")
def withdraw_peer_set(context: typer.Context, number: Number, *, note: Why) -> None:
    """Let an edit hold no more; the set is what it was before.

    \b
    Example: callboard benchmarks peers withdraw 2 --note "Elm does not deliver"
    """
    session = session_of(context)
    from callboard.services.naming.peers import withdraw_peer_set

    row = withdraw_peer_set(session.runtime(), session.actor, number=number, note=note)
    say(f"Edit {row.id} of the peer set {row.name} holds no more.")


@peers.command(name="restore")
def restore_peer_set(context: typer.Context, number: Number) -> None:
    """Let a withdrawn edit hold again.

    \b
    Example: callboard benchmarks peers restore 2
    """
    session = session_of(context)
    from callboard.services.naming.peers import restore_peer_set

    row = restore_peer_set(session.runtime(), session.actor, number=number)
    say(f"Edit {row.id} of the peer set {row.name} holds again.")


def _name(row: "NameRow") -> tuple[Cell, ...]:
    return tuple(getattr(row, name) for name in NAME_COLUMNS)


def _peer_set(row: "PeerSetRow") -> tuple[Cell, ...]:
    told: list[Cell] = [getattr(row, name) for name in PEER_COLUMNS]
    told[PEER_COLUMNS.index("entities")] = "; ".join(row.entities)
    return tuple(told)
