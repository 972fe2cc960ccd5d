"""`callboard handover`: notes from one shift to the next, written and read without a browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from callboard.cli.printing import Cell, OutputFormat, say, write_data
from callboard.cli.session import session_of

if TYPE_CHECKING:
    from callboard.views import HandOverNote

app = typer.Typer(
    help="Notes to the next shift, by touchpoint.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
COLUMNS = ("id", "touchpoint", "note", "author", "at", "seen_by", "seen_at")
_JSON = Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")]


@app.command()
def write(
    context: typer.Context,
    touchpoint: Annotated[str, typer.Argument(help="The code of the touchpoint.")],
    note: Annotated[str, typer.Option(help="What the next shift should know; 1,000 characters.")],
    as_json: _JSON = False,
) -> None:
    """Hand a note over to the next shift; it is kept for good.

    \b
    Example: callboard handover write field_delivery --note "Van 12 is off the road until Tuesday"
    """
    session = session_of(context)
    from callboard.services.shift.notes import hand_over

    kept = hand_over(session.runtime(), session.actor, touchpoint=touchpoint, note=note)
    _write([kept], as_json=as_json)
    say(f"Handed over note {kept.id} at {kept.touchpoint_name}.")


@app.command(name="list")
def show_list(
    context: typer.Context,
    touchpoint: Annotated[str, typer.Argument(help="Its code; else all.")] = "",
    as_json: _JSON = False,
) -> None:
    """List the notes, newest first: the 1,000 newest of each touchpoint.

    \b
    Example: callboard handover list field_delivery --json
    """
    session = session_of(context)
    from callboard.services.shift.notes import list_notes

    found = list_notes(session.runtime(), session.actor, touchpoint=touchpoint)
    _write(found, as_json=as_json)
    if not found:
        say("No note was handed over yet. `callboard handover write` does.")


def _write(notes: "list[HandOverNote] | tuple[HandOverNote, ...]", *, as_json: bool) -> None:
    output = OutputFormat.JSON if as_json else OutputFormat.TABLE
    write_data(COLUMNS, [_cells(each) for each in notes], output)


def _cells(note: "HandOverNote") -> tuple[Cell, ...]:
    return tuple(getattr(note, name) for name in COLUMNS)
