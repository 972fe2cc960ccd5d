"""The state of a part of a feed: a touchpoint's rows, or what they say of one metric."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.storage.runs import FeedState, SliceState
from callboard.views import Badge
from data_contracts.business_time import due_at
from data_contracts.evidence import slice_key
from data_contracts.model import Contract, Weekdays

_SPOKEN_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceTrust:
    """The badge of a slice and why; `metric` "" is all that the feed says of the touchpoint.

    `as_of` is the last day before the first that is held or missing, where some are. `is_its_own`:
    it is not only its part of what is said of the whole feed.
    """

    touchpoint: str
    metric: str
    badge: Badge
    sentence: str
    as_of: date | None = None
    due: datetime | None = None
    missing_days: int = 0
    is_its_own: bool = True

    @property
    def key(self) -> str:
        """The name of the slice, as results and waivers have it."""
        return slice_key(self.touchpoint, self.metric)

    def is_about(self, touchpoint: str, metrics: Collection[str]) -> bool:
        """Whether a number of one of the metrics at the touchpoint stands on this slice."""
        return self.touchpoint in ("", touchpoint) and (not self.metric or self.metric in metrics)


def due_of(contract: Contract, as_of: datetime | None, definitions: Definitions) -> datetime | None:
    """When data newer than `as_of` is due, by the days that the contract counts; None: never."""
    if as_of is None or not contract.freshness:
        return None
    return due_at(
        as_of,
        contract.freshness,
        zone=definitions.workspace.time_zone,
        days=contract.freshness_days,
        holidays=definitions.workspace.holidays,
    )


def judge_slices(
    contract: Contract, state: FeedState, definitions: Definitions, *, now: datetime
) -> tuple[SliceTrust, ...]:
    """Return the slices of a feed of which there is more to say than of all of it."""
    judged = (_judge(contract, each, state, definitions, now=now) for each in state.slices)
    return tuple(each for each in judged if each is not None)


def reasons_of_all(state: FeedState, definitions: Definitions) -> tuple[str, ...]:
    """What is said of a feed as a whole, without what is said of its slices by name."""
    told = reasons_among(state, state.slices, definitions)
    return tuple(each for each in state.reasons if each not in told)


def reasons_among(
    state: FeedState, slices: Collection[SliceState], definitions: Definitions
) -> tuple[str, ...]:
    """What is said of some slices by name, among the reasons of their feed."""
    names = tuple(f"{_said_of(each, definitions)}: " for each in slices)
    return tuple(each for each in state.reasons if each.startswith(names))


def _said_of(state: SliceState, definitions: Definitions) -> str:
    """The name of a slice as the refresh tells it among the reasons of its feed."""
    if state.touchpoint:
        return place_of(state.touchpoint, state.metric, definitions)
    return ", ".join(filter(None, ("All touchpoints", place_of("", state.metric, definitions))))


def _judge(
    contract: Contract,
    state: SliceState,
    feed: FeedState,
    definitions: Definitions,
    *,
    now: datetime,
) -> SliceTrust | None:
    due = _due(contract, state, definitions)
    late_from = _due(contract, state, definitions, slack=_DAY_OFF)
    badge = _badge(state, is_late=late_from is not None and now > late_from)
    if badge is Badge.VERIFIED:
        return None
    name, stopped = _said_of(state, definitions), state.held or state.missing
    is_told = any(f"{name}: {each}" in feed.reasons for each in state.warnings)
    return SliceTrust(
        touchpoint=state.touchpoint,
        metric=state.metric,
        badge=badge,
        sentence=_Place(contract, state, definitions).sentence(badge, due),
        as_of=min(stopped) - timedelta(days=1) if stopped else state.as_of,
        due=due,
        missing_days=len(state.missing),
        is_its_own=badge is not Badge.WARNINGS or is_told or state.waived_until is not None,
    )


_DAY_OFF = timedelta(days=1)


def _due(
    contract: Contract,
    state: SliceState,
    definitions: Definitions,
    *,
    slack: timedelta = timedelta(),
) -> datetime | None:
    """When rows of a touchpoint are due: weekends do not count, for many are closed then.

    With a day off in the week it may be late by one more; a day that lacks its usual rows is told
    as missing before.
    """
    if state.as_of is None or not contract.freshness or contract.is_sparse:
        return None
    return due_at(
        state.as_of,
        contract.freshness + slack,
        zone=definitions.zone(state.touchpoint),
        days=Weekdays.BUSINESS_DAYS,
        holidays=definitions.workspace.holidays,
    )


def _badge(state: SliceState, *, is_late: bool) -> Badge:
    if state.held:
        return Badge.WITHHELD
    if state.missing:
        return Badge.PARTIAL
    if is_late:
        return Badge.STALE
    return Badge.WARNINGS if state.warnings or state.waived_until else Badge.VERIFIED


@dataclass(frozen=True, slots=True)
class _Place:
    """Tells of a slice in words."""

    contract: Contract
    state: SliceState
    definitions: Definitions

    def sentence(self, badge: Badge, due: datetime | None) -> str:
        """Why the slice has its badge."""
        state = self.state
        where = name_slice(self.contract, state.touchpoint, state.metric, self.definitions)
        match badge:
            case Badge.WITHHELD:
                held = f"{where}: {_days(state.held)} held back; the figures before stay."
                return f"{held}{self._why()}"
            case Badge.PARTIAL:
                return f"{where}: {_days(state.missing)} without rows.{self._why()}"
            case Badge.STALE if due is not None and state.as_of is not None:
                zone = self.definitions.workspace.time_zone
                as_of, by = (figures.format_moment(each, zone) for each in (state.as_of, due))
                return f"{where} is late: data as of {as_of}, due {by}."
            case _ if state.warnings:
                return f"{where}: {state.warnings[0].rstrip('.')}."
        until = figures.format_day(state.waived_until) if state.waived_until else ""
        return f"{where}: a broken rule is waived until {until}.{self._why()}"

    def _why(self) -> str:
        reason = self.state.reasons[0] if self.state.reasons else ""
        plain = reason.removeprefix(f"{self.contract.name}: ").rstrip(".")
        return f" Broken: {plain}." if plain else ""


def name_slice(contract: Contract, touchpoint: str, metric: str, definitions: Definitions) -> str:
    """Return `Contacts at Call centre, Average handle time`."""
    return f"{contract.name}{place_of(touchpoint, metric, definitions, at=' at ')}"


def place_of(touchpoint: str, metric: str, definitions: Definitions, *, at: str = "") -> str:
    """Return `Call centre, Average handle time`, "" for all of a feed; `at` goes before it."""
    known, metrics = definitions.touchpoints, definitions.metrics
    place = known[touchpoint].name if touchpoint in known else touchpoint
    what = metrics[metric].name if metric in metrics else metric
    told = ", ".join(filter(None, (place, what)))
    return f"{at if touchpoint else ', '}{told}" if told and at else told


def _days(days: Collection[date]) -> str:
    """`19 Nov 2026 is`, `19 and 20 Nov …`, `5 days from 16 to 20 Nov 2026 are`."""
    first, last = min(days), max(days)
    if len(days) == 1:
        return f"{figures.format_day(first)} is"
    if len(days) == _SPOKEN_DAYS and last - first == timedelta(days=1):
        return f"{figures.format_span(first, last)} are"
    return f"{len(days)} days from {figures.format_span(first, last)} are"


def count_whole(
    contract: Contract, slices: Collection[SliceTrust], definitions: Definitions
) -> tuple[int, int]:
    """How many touchpoints of a feed have all of its data, and how many there are."""
    places = {code for code in definitions.touchpoints if _reads(definitions, code, contract.feed)}
    broken = {each.touchpoint for each in slices if is_partial(each.badge)}
    return len(places - broken), len(places | broken)


def is_partial(badge: Badge) -> bool:
    """Whether figures are missing where a slice has this badge."""
    return badge in (Badge.STALE, Badge.PARTIAL, Badge.WITHHELD)


def _reads(definitions: Definitions, touchpoint: str, feed: str) -> bool:
    metrics: Mapping[str, object] = definitions.metrics
    offered = definitions.touchpoints[touchpoint].metrics
    chosen = metrics if offered is None else [code for code in offered if code in metrics]
    return any(feed in definitions.metrics[code].feeds for code in chosen)
