"""A journey as a file of the workspace: written from what is shown, and read into the store."""

from pathlib import Path

import yaml

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, DefinitionError, NotAllowed
from callboard.services.journeys.current import find_current, read_current
from callboard.services.journeys.drawing import require_drawing, save_journey
from callboard.services.runtime import Runtime
from callboard.storage.engine import snapshot
from definition_files import as_model, load_yaml, parse_yaml
from metrics.journey import Journey, written

FOLDER = Path("journeys")
_WIDTH = 100


def export_journey(runtime: Runtime, actor: Actor, *, journey: str = "") -> bytes:
    """Return the file of a journey as it is shown, for `journeys/` in the workspace.

    NotAllowed for a journey there is not, and for one who may see some touchpoints only.
    """
    require(actor, Action.READ_FIGURES)
    if actor.touchpoints is not None:
        raise NotAllowed(f"{actor.name} may see single touchpoints only, not a whole journey.")
    with snapshot(runtime.store) as connection:
        return as_file(find_current(read_current(runtime, connection), journey).journey)


def import_journey(runtime: Runtime, actor: Actor, *, path: Path, note: str) -> str:
    """Read a journey's file into the store as the version that counts; return what it changed.

    DefinitionError with every problem in the file.
    """
    require_drawing(actor)
    document, problems = load_yaml(path)
    if not problems:
        journey, problems = as_model(document, Journey, shown_as=str(path))
        if journey is not None:
            return save_journey(runtime, actor, journey=journey, note=note)
    raise DefinitionError(problems)


def as_file(journey: Journey) -> bytes:
    """The file of a journey; what it says is read again as the very same journey."""
    for style in (None, '"'):
        text = yaml.safe_dump(
            written(journey),
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=None,
            default_style=style,
        )
        document, problems = parse_yaml(text, shown_as=journey.code)
        if not problems and as_model(document, Journey, shown_as=journey.code)[0] == journey:
            return text.encode()
    raise CallboardError(f"Journey {journey.code}: its texts cannot be written to a file.")
