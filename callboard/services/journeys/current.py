"""Which version of a journey is shown: the one drawn on screen, until the file says another."""

from collections.abc import Mapping
from dataclasses import dataclass

from callboard.errors import NotAllowed
from callboard.figures import format_moment
from callboard.services.defining.definitions import Definitions
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection
from callboard.storage.journeys import JourneyEdit, read_journey_edits
from callboard.views import JourneyRow, Origin
from definition_files import nearest
from metrics.journey import MOST_STAGES, NAME_LENGTH, Journey, JourneyStage
from metrics.touchpoint import Stage

PROPOSED = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """A journey as it is shown, and what else is known of it: its file and the latest edit."""

    journey: Journey
    origin: Origin
    filed: Journey | None
    edit: JourneyEdit | None

    @property
    def is_file_newer(self) -> bool:
        """Whether the file was changed since the latest edit, and says something else."""
        return self.origin is Origin.FILE and self.edit is not None

    @property
    def file_hash(self) -> str:
        """What an edit made now keeps of the file."""
        return self.filed.fingerprint if self.filed else ""


def read_current(runtime: Runtime, connection: Connection) -> dict[str, Current]:
    """Return every journey by its code; the proposed one where nobody has drawn any."""
    latest: dict[str, JourneyEdit] = {}
    for edit in read_journey_edits(connection):
        latest.setdefault(edit.journey, edit)
    filed = runtime.definitions.journeys
    found = {code: _choose(filed.get(code), latest.get(code)) for code in sorted({*filed, *latest})}
    if not found and (proposed := propose_journey(runtime.definitions)) is not None:
        found[proposed.code] = Current(
            journey=proposed, origin=Origin.PROPOSED, filed=None, edit=None
        )
    return found


def find_current(found: Mapping[str, Current], code: str) -> Current:
    """Return the journey of a code, the first one for ""; NotAllowed where there is none."""
    known = found.get(code) if code else next(iter(found.values()), None)
    if known is None:
        raise NotAllowed(f"There is no journey {code!r}. {nearest(code, found)}".rstrip())
    return known


def drawn(edit: JourneyEdit) -> Journey:
    """The journey that an edit holds."""
    return Journey.model_validate_json(edit.document)


def without_gone(definitions: Definitions, journey: Journey) -> tuple[Journey, tuple[str, ...]]:
    """An earlier version as it can be kept today, and the codes that it must do without."""
    known = front_of(definitions)
    metrics = {*definitions.metrics, *definitions.off}
    stages = tuple(
        each.model_copy(
            update={
                "touchpoints": tuple(code for code in each.touchpoints if code in known),
                "metrics": {
                    code: kept
                    for code, told in each.metrics.items()
                    if code in known
                    and ((kept := tuple(one for one in told if one in metrics)) or not told)
                },
            }
        )
        for each in journey.stages
    )
    named = {one for each in journey.stages for told in each.metrics.values() for one in told}
    gone = (*(code for code in journey.touchpoints if code not in known), *sorted(named - metrics))
    return journey.model_copy(update={"stages": stages}), gone


def front_of(definitions: Definitions) -> dict[str, str]:
    """The names of the touchpoints that may stand on a journey, by code."""
    known = definitions.touchpoints.values()
    return {each.code: each.name for each in known if each.stage is Stage.FRONT}


def propose_journey(definitions: Definitions) -> Journey | None:
    """A journey of the front touchpoints in their order, one a stage; None without any."""
    stages = tuple(
        JourneyStage(code=code, name=name[:NAME_LENGTH], touchpoints=(code,))
        for code, name in list(front_of(definitions).items())[:MOST_STAGES]
    )
    if not stages:
        return None
    return Journey(code=PROPOSED, name="The customer's way", stages=stages)


def row_of(runtime: Runtime, current: Current) -> JourneyRow:
    """Tell of a journey in a line."""
    return JourneyRow(
        journey=current.journey.code,
        name=current.journey.name,
        stages=len(current.journey.stages),
        file=file_of(runtime, current),
        origin=current.origin,
        version=current.edit.id if current.edit else 0,
        told=told(runtime, current),
    )


def told(runtime: Runtime, current: Current) -> str:
    """Say which version is shown."""
    file = file_of(runtime, current)
    match current.origin:
        case Origin.PROPOSED:
            return (
                "Not drawn yet: the touchpoints that customers see, in the order of their codes"
                f"{_left_out(runtime, current)}."
            )
        case Origin.FILE:
            return f"As {file} says it."
        case Origin.BOTH:
            return f"As {file} says it, {_drawn_by(runtime, current)}."
        case Origin.DRAWN:
            lacking = "Its file does not say so yet" if file else "It has no file yet"
            return f"As {_drawn_by(runtime, current)}. {lacking}: export it to the workspace."


def file_of(runtime: Runtime, current: Current) -> str:
    """The file of a journey, "" for none."""
    return runtime.definitions.files.get(f"journey:{current.journey.code}", "")


def newer_file(runtime: Runtime, current: Current) -> str:
    """Say that the file was changed since; "" where it was not."""
    if not current.is_file_newer:
        return ""
    return (
        f"{file_of(runtime, current)} was changed since this journey was "
        f"{_drawn_by(runtime, current)}. The file is shown."
    )


def _choose(filed: Journey | None, edit: JourneyEdit | None) -> Current:
    if edit is None:
        assert filed is not None
        return Current(journey=filed, origin=Origin.FILE, filed=filed, edit=None)
    last = drawn(edit)
    if filed is not None and filed == last:
        return Current(journey=filed, origin=Origin.BOTH, filed=filed, edit=edit)
    if filed is not None and filed.fingerprint != edit.file_hash:
        return Current(journey=filed, origin=Origin.FILE, filed=filed, edit=edit)
    return Current(journey=last, origin=Origin.DRAWN, filed=filed, edit=edit)


def _left_out(runtime: Runtime, current: Current) -> str:
    left = len(front_of(runtime.definitions)) - len(current.journey.stages)
    return f"; {left} more have no room" if left else ""


def _drawn_by(runtime: Runtime, current: Current) -> str:
    if current.edit is None:
        return ""
    moment = format_moment(current.edit.at, runtime.workspace.time_zone)
    return f"drawn by {current.edit.actor} on {moment}"
