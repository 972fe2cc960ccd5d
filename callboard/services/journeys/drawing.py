"""Drawing a journey on screen: every save is a version, audited, and any of them comes back."""

import re
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.acting import said
from callboard.services.defining.journey_checks import check_journey
from callboard.services.journeys.current import (
    Current,
    drawn,
    front_of,
    read_current,
    row_of,
    without_gone,
)
from callboard.services.journeys.journey_changes import changes_between
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.journeys import JourneyEdit, add_journey_edit, read_journey_edits
from callboard.views import JourneyDraft, JourneyRow, JourneyVersion, Origin, StageDraft
from definition_files import nearest
from metrics.journey import NAME_LENGTH, Journey, JourneyStage

_NOT_CODE = re.compile(r"[^a-z0-9]+")


def may_draw(actor: Actor) -> bool:
    """Whether the actor may draw journeys: a way leads over all touchpoints, so all are needed."""
    try:
        require_drawing(actor)
    except NotAllowed:
        return False
    return True


def require_drawing(actor: Actor) -> None:
    """NotAllowed for one who may not draw journeys, or who may see some touchpoints only."""
    require(actor, Action.EDIT_JOURNEY)
    if actor.touchpoints is not None:
        raise NotAllowed(f"{actor.name} may see single touchpoints only, not a whole journey.")


def list_journeys(runtime: Runtime, actor: Actor) -> tuple[JourneyRow, ...]:
    """Return the journeys there are, the proposed one where nobody has drawn any."""
    require(actor, Action.READ_FIGURES)
    with snapshot(runtime.store) as connection:
        return tuple(row_of(runtime, each) for each in read_current(runtime, connection).values())


def front_touchpoints(runtime: Runtime, actor: Actor) -> dict[str, str]:
    """Return the names of the touchpoints that may stand on a journey, by code."""
    require_drawing(actor)
    return front_of(runtime.definitions)


def begin_draft(runtime: Runtime, actor: Actor, *, journey: str) -> JourneyDraft:
    """Return a journey as it is shown, to be drawn anew, without touchpoints that are no more."""
    require_drawing(actor)
    with snapshot(runtime.store) as connection:
        current = _current(read_current(runtime, connection), journey)
    shown, front = current.journey, front_touchpoints(runtime, actor)
    return JourneyDraft(
        journey=shown.code,
        name=shown.name,
        customer=shown.customer,
        stages=tuple(
            StageDraft(
                code=each.code,
                name=each.name,
                question=each.question,
                touchpoints=tuple(code for code in each.touchpoints if code in front),
            )
            for each in shown.stages
        ),
        base=current.edit.id if current.edit else 0,
    )


def save_draft(runtime: Runtime, actor: Actor, *, draft: JourneyDraft, note: str) -> str:
    """Keep what was drawn as the version that counts; return what it changed.

    CallboardError where nothing changed, where something in it is wrong, and where somebody saved
    another version since the draft was begun. The metrics of a step stay as they were.
    """
    require_drawing(actor)
    with write(runtime.store) as connection:
        current = _current(read_current(runtime, connection), draft.journey)
        if draft.base != (current.edit.id if current.edit else 0):
            raise CallboardError(
                "Somebody has saved another version since you began. Close the drawing, look at "
                "that version, and draw again from there."
            )
        return _keep(runtime, connection, actor, current, _journey(draft, current), note)


def save_journey(runtime: Runtime, actor: Actor, *, journey: Journey, note: str) -> str:
    """Keep a whole journey, of a file for one, as the version that counts; return what it changed.

    CallboardError where it is shown already, and where it names what is not there.
    """
    require_drawing(actor)
    with write(runtime.store) as connection:
        found = read_current(runtime, connection)
        current = found.get(journey.code) or Current(
            journey=journey, origin=Origin.PROPOSED, filed=None, edit=None
        )
        return _keep(runtime, connection, actor, current, journey, note)


def return_to(runtime: Runtime, actor: Actor, *, journey: str, version: int, note: str = "") -> str:
    """Let an earlier version count again, as a new one; return what that changed."""
    require_drawing(actor)
    with write(runtime.store) as connection:
        current = _current(read_current(runtime, connection), journey)
        edits = read_journey_edits(connection, journey=journey)
        chosen = next((each for each in edits if each.id == version), None)
        if chosen is None:
            raise NotAllowed("There is no such version of this journey.")
        number = len(edits) - edits.index(chosen)
        why = note or f"Back to version {number}"
        return _keep_earlier(runtime, connection, actor, current, chosen, why)


def take_file(runtime: Runtime, actor: Actor, *, journey: str) -> str:
    """Let the file count instead of what was drawn; return what that changed."""
    require_drawing(actor)
    with write(runtime.store) as connection:
        current = _current(read_current(runtime, connection), journey)
        if current.filed is None or current.edit is None or current.origin is Origin.BOTH:
            raise CallboardError("Nothing was drawn that the file does not say.")
        why = "As the file says it"
        return _keep(runtime, connection, actor, current, current.filed, why, settles=True)


def keep_drawn(runtime: Runtime, actor: Actor, *, journey: str) -> str:
    """Let what was drawn count although the file was changed since; return what that changed."""
    require_drawing(actor)
    with write(runtime.store) as connection:
        current = _current(read_current(runtime, connection), journey)
        if current.edit is None or not current.is_file_newer:
            raise CallboardError("The file was not changed since the journey was drawn.")
        why = "Kept, not as the file says it"
        return _keep_earlier(runtime, connection, actor, current, current.edit, why)


def list_versions(runtime: Runtime, actor: Actor, *, journey: str) -> tuple[JourneyVersion, ...]:
    """Return the versions of a journey that were drawn, the newest first, with their changes."""
    require_drawing(actor)
    with snapshot(runtime.store) as connection:
        current = _current(read_current(runtime, connection), journey)
        edits = read_journey_edits(connection, journey=journey)
    whole = [drawn(each) for each in edits]
    earlier = [*whole[1:], None]
    return tuple(
        JourneyVersion(
            id=edit.id,
            number=len(edits) - at,
            actor=edit.actor,
            at=edit.at,
            note=edit.note,
            changes=changes_between(earlier[at], whole[at], names=front_of(runtime.definitions)),
            is_shown=at == 0 and not current.is_file_newer,
        )
        for at, edit in enumerate(edits)
    )


def _current(found: dict[str, Current], journey: str) -> Current:
    if journey not in found:
        raise NotAllowed(f"There is no journey {journey!r}. {nearest(journey, found)}".rstrip())
    return found[journey]


def _keep_earlier(
    runtime: Runtime,
    connection: Connection,
    actor: Actor,
    current: Current,
    edit: JourneyEdit,
    note: str,
) -> str:
    """Keep what was drawn before, but for what is not in the workspace any more."""
    journey, gone = without_gone(runtime.definitions, drawn(edit))
    changed = _keep(runtime, connection, actor, current, journey, note)
    return (
        f"{changed} What is not there any more is left out: {', '.join(gone)}." if gone else changed
    )


def _keep(  # noqa: PLR0913 - what is kept, and by whom
    runtime: Runtime,
    connection: Connection,
    actor: Actor,
    current: Current,
    journey: Journey,
    note: str,
    *,
    settles: bool = False,
) -> str:
    is_first = current.edit is None and current.filed is None
    if journey == current.journey and not (is_first or settles):
        raise CallboardError(
            "Nothing is drawn otherwise than it is shown: there is nothing to save."
        )
    definitions = runtime.definitions
    known = frozenset(definitions.metrics) | frozenset(definitions.off)
    wrong = check_journey(journey, definitions.touchpoints, known, file=journey.name)
    _refuse(str(each) for each in wrong)
    before, names = None if is_first else current.journey, front_of(definitions)
    changed = " ".join(changes_between(before, journey, names=names))
    add_journey_edit(
        connection,
        JourneyEdit(
            journey=journey.code,
            document=journey.model_dump_json(by_alias=True),
            file_hash=current.file_hash,
            note=said(note, "Say in words what is new.") if note.strip() else "",
            actor=actor.id,
            at=runtime.clock.now("UTC"),
        ),
        said=f"journey {journey.code}",
    )
    return changed or "The version counts as it is."


def _refuse(sentences: Iterable[str]) -> None:
    told = list(sentences)
    if told:
        raise CallboardError(" ".join(told))


def _journey(draft: JourneyDraft, current: Current) -> Journey:
    """The journey that a draft means; CallboardError for one that cannot be."""
    before = {stage.code: stage for stage in current.journey.stages}
    codes = _codes(draft.stages)
    try:
        return Journey(
            code=current.journey.code,
            name=said(draft.name, "Give the journey a name."),
            customer=_plain(draft.customer),
            stages=tuple(
                _stage(each, code, before) for each, code in zip(draft.stages, codes, strict=True)
            ),
        )
    except ValidationError as error:
        expected = "; ".join(each["msg"].lower() for each in error.errors())
        raise CallboardError(f"The journey cannot be kept like this: {expected}.") from None


def _stage(draft: StageDraft, code: str, before: dict[str, JourneyStage]) -> JourneyStage:
    metrics = before[code].metrics if code in before else {}
    return JourneyStage(
        code=code,
        name=said(draft.name, "Give every stage a name.")[:NAME_LENGTH],
        question=_plain(draft.question),
        touchpoints=draft.touchpoints,
        metrics={place: told for place, told in metrics.items() if place in draft.touchpoints},
    )


def _plain(text: str) -> str:
    return said(text, "Say it in words.") if text.strip() else ""


def _codes(stages: Sequence[StageDraft]) -> list[str]:
    """The codes of stages; a new one is called after its name, and like no other."""
    taken = {each.code for each in stages if each.code}
    codes = []
    for each in stages:
        code = each.code or _free(_slug(each.name), taken)
        taken.add(code)
        codes.append(code)
    return codes


def _slug(name: str) -> str:
    plain = _NOT_CODE.sub("_", name.lower()).strip("_")[:50]
    return plain if plain[:1].isalpha() else f"stage_{plain}".rstrip("_")


def _free(code: str, taken: set[str]) -> str:
    found, number = code, 2
    while found in taken:
        found, number = f"{code}_{number}", number + 1
    return found
