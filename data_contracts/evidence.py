"""What was found of a run, and what the gate makes of it: evidence, results, the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from data_contracts.model import Dimension, Severity


class State(StrEnum):
    """What a rule says of a run. No data never passes; an exception is its own state."""

    PASS = "pass"
    FAIL = "fail"
    NOT_EVALUATED = "not_evaluated"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """On how many rows of a slice ("" is all of the run) a rule was evaluated, and failed."""

    rule_id: str
    evaluated: int
    failed: int
    slice_key: str = ""


class Gate(StrEnum):
    """What is asked of the days of each slice; the values are rule ids."""

    SHARE = "slice.quarantine_share"
    VOLUME = "slice.volume"
    COMPLETENESS = "slice.completeness"
    SCALE = "slice.scale"
    TOTALS = "slice.totals"
    FRESHNESS = "slice.freshness"


def slice_key(touchpoint: str, metric: str = "") -> str:
    """The name of a slice: `desk`, `desk/aht`; "" is the whole of a run."""
    return f"{touchpoint}/{metric}" if metric else touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceEvidence:
    """On how many days of a slice a gate was `judged`, and which of them are `broken`.

    `message` says so in words. `error` is why the gate could not be judged; nothing judged and no
    error is "not evaluated". `unjudged` days have rows, but nothing to judge them by.
    """

    gate: Gate
    touchpoint: str
    metric: str = ""
    judged: int
    broken: tuple[date, ...] = ()
    message: str = ""
    error: str = ""
    unjudged: tuple[date, ...] = ()

    @property
    def slice_key(self) -> str:
        """The name of the slice, as results and waivers have it."""
        return slice_key(self.touchpoint, self.metric)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A day of a slice that is not published, and the rule it breaks.

    Without a `metric` it is all that the feed says of the touchpoint.
    """

    touchpoint: str
    metric: str
    day: date
    rule_id: str

    @property
    def slice_key(self) -> str:
        """The name of the slice, as results and waivers have it."""
        return slice_key(self.touchpoint, self.metric)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedRule:
    """A rule that holds nothing back up to a day; without a `slice_key` in no slice at all."""

    rule_id: str
    slice_key: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEvidence:
    """What is known of a run as a whole, beside the evidence of its row rules.

    `age` is how old the newest row is, None where that cannot be said. `errors` says of a rule that
    could not be run (by rule_id) why not. `is_incremental`: no rows then means no news.
    `rows_collapsed` are copies of other rows, neither used nor wrong. `rows_known` of the rows, and
    `quarantined_known` of those kept out, are of days that were held or waived before: read once
    more, they say nothing of the run. `extra_columns` are promised
    by nobody; `lost_columns` were there in the run before, and `columns` are all there are now. A
    draft's gates hold nothing back.
    """

    rows_in: int
    rows_quarantined: int = 0
    age: timedelta | None = None
    has_table: bool = True
    missing_columns: tuple[str, ...] = ()
    is_incremental: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
    slices: tuple[SliceEvidence, ...] = ()
    rows_collapsed: int = 0
    rows_known: int = 0
    quarantined_known: int = 0
    extra_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()
    is_draft: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """A rule's verdict on a run, in a form that is stored and shown.

    `observed` is the number that was judged, None where there was none. A broken rule that holds
    nothing back for now says until when (`waived_until`).
    """

    rule_id: str
    state: State
    severity: Severity
    dimension: Dimension
    evaluated: int
    failed: int
    description: str
    threshold: float = 0.0
    slice_key: str = ""
    message: str = ""
    observed: float | None = None
    waived_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """Whether a run may be published, every rule's result, and the engine's own evidence (JSON).

    Of a run that may be published, `held` days of slices still may not. `missing` days have no rows
    where there should be some. `waived` are the waivers that some broken rule stands under.
    """

    may_publish: bool
    results: tuple[RuleResult, ...]
    reasons: tuple[str, ...]
    engine: str
    document: str
    held: tuple[Held, ...] = ()
    missing: tuple[Held, ...] = ()
    waived: tuple[WaivedRule, ...] = ()
