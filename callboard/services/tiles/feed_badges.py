"""The state of one feed as a whole: its badge, how far its data has come, and why in a sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.services.tiles.slice_badges import due_of, reasons_of_all
from callboard.storage.runs import FeedState, RunVerdict
from callboard.views import Badge, Trust
from data_contracts.model import ColumnType, Contract
from metrics.model import Grain

_DRAFT = "draft"
_GOOD = frozenset({RunVerdict.PUBLISHED, RunVerdict.UNCHANGED})


def judge_feed(
    contract: Contract, state: FeedState | None, definitions: Definitions, *, now: datetime
) -> Trust:
    """Return the badge of a feed apart from what is the matter at single touchpoints."""
    if state is None or state.run_id is None:
        return unchecked(contract.name)
    if state.verdict in _GOOD:
        state = replace(state, reasons=reasons_of_all(state, definitions))
    due, zone = due_of(contract, state.as_of, definitions), definitions.workspace.time_zone
    badge = _badge(state, is_late=due is not None and now > due)
    return Trust(
        badge=badge,
        feeds=(contract.feed,),
        as_of=_reached(contract, state),
        due=due,
        sentence=_sentence(badge, contract, state, due=due, zone=zone),
    )


def _reached(contract: Contract, state: FeedState) -> date | None:
    """How far the feed has come: a moment, or a day where its watermark is a column of days."""
    if state.as_of is None or not contract.watermark:
        return state.as_of
    is_by_day = contract.column(contract.watermark).type is ColumnType.DATE
    return state.as_of.astimezone(UTC).date() if is_by_day else state.as_of


def _as_of(reached: date | None, zone: str) -> str:
    if reached is None:
        return "no data yet"
    if isinstance(reached, datetime):
        return f"data as of {figures.format_moment(reached, zone)}"
    return f"data as of {figures.period_label(Grain.DAY, reached)}"


def day_first(reached: date) -> datetime:
    """Moments and days in one order; a day counts from its midnight, as its watermark does."""
    if isinstance(reached, datetime):
        return reached
    return datetime.combine(reached, time(), UTC)


def _badge(state: FeedState, *, is_late: bool) -> Badge:
    if state.verdict is RunVerdict.WITHHELD:
        return Badge.WITHHELD
    if state.verdict is RunVerdict.FAILED or is_late:
        return Badge.STALE
    if state.rows_quarantined_open or state.reasons:
        return Badge.WARNINGS
    return Badge.VERIFIED


def _sentence(
    badge: Badge, contract: Contract, state: FeedState, *, due: datetime | None, zone: str
) -> str:
    as_of = _as_of(_reached(contract, state), zone)
    good = (
        f"the last good figures, of {figures.format_moment(state.last_good_at, zone)}, are shown"
        if state.last_good_at
        else "there are no good figures yet"
    )
    reason = state.reasons[0].removeprefix(f"{contract.name}: ") if state.reasons else ""
    why = f" ({reason.rstrip('.')})" if reason else ""
    if badge is Badge.WITHHELD:
        return f"{contract.name}: the newest data broke its contract{why}; {good}."
    if state.verdict is RunVerdict.FAILED:
        return f"{contract.name} could not be read{why}; {good}."
    if badge is Badge.STALE and due is not None:
        return f"{contract.name} is late: {as_of}, due {figures.format_moment(due, zone)}."
    if badge is Badge.WARNINGS:
        return f"{contract.name}: {_warning(state)}; {as_of}."
    kept = "keeps its contract, a draft that holds nothing back" if _is_draft(contract) else _KEPT
    return f"{contract.name} {kept}; {as_of}."


_KEPT = "keeps its contract"


def _is_draft(contract: Contract) -> bool:
    return contract.status == _DRAFT


def _warning(state: FeedState) -> str:
    rows = state.rows_quarantined_open
    if rows:
        noun = "row is" if rows == 1 else "rows are"
        return f"{figures.format_count(rows)} {noun} in quarantine and not counted"
    return state.reasons[0].rstrip(".")


def unchecked(name: str) -> Trust:
    """Return the state of a feed that no run has judged: never green."""
    return Trust(
        badge=Badge.UNCHECKED,
        feeds=(name,),
        as_of=None,
        due=None,
        sentence=f"{name} has not been read yet.",
    )
