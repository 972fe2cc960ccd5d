"""The customer's way: stages and whom they meet there, the services behind, and who drew it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from metrics.verdict import Assurance, Variation


class Origin(StrEnum):
    """Where the journey that is shown comes from. `both`: its file says what was drawn on screen.

    `proposed`: nobody has drawn one.
    """

    FILE = "file"
    DRAWN = "drawn"
    BOTH = "both"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyFigure:
    """A metric of a step in a line; `value_text` has its unit.

    `is_lost`: the year is out of reach of its target.
    """

    metric: str
    name: str
    value_text: str
    variation: Variation
    assurance: Assurance
    is_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyOnward:
    """A touchpoint that cases came to next, and how many; `share` (0-1) is of the most."""

    touchpoint: str
    name: str
    cases: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyNode:
    """A touchpoint on the way, or a service behind it; what needs a look first is in front.

    `key` names the node on the page, once. `services` are keys of the nodes behind it, `more` how
    many metrics it has besides those told. `onward` says where cases went from there, once on the
    whole way: where the touchpoint stands first; `hides_onward` that ways of few are left out.
    """

    key: str
    touchpoint: str
    name: str
    figures: tuple[JourneyFigure, ...]
    more: int
    is_hurting: bool
    services: tuple[str, ...] = ()
    onward: tuple[JourneyOnward, ...] = ()
    hides_onward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyPart:
    """A stage of the way with the touchpoints that are met there; `gone` are codes of no more."""

    code: str
    name: str
    question: str
    nodes: tuple[JourneyNode, ...]
    is_hurting: bool
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyMap:
    """The whole of a journey, its sentence first; `gone` are touchpoints that are no more.

    `file` is where it is written, "" for nowhere; `told` says which version is shown, and
    `newer_file` that the file has changed since it was drawn. `onward_told` says what the numbers
    of cases that went on are, "" where no feed knows.
    """

    journey: str
    name: str
    customer: str
    headline: str
    period_label: str
    parts: tuple[JourneyPart, ...]
    behind: tuple[JourneyNode, ...]
    origin: Origin
    file: str
    told: str
    newer_file: str
    gone: tuple[str, ...]
    publication: int
    onward_told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyRow:
    """A journey there is: its file, "" for none, and the version drawn last, 0 for none."""

    journey: str
    name: str
    stages: int
    file: str
    origin: Origin
    version: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDraft:
    """A stage as somebody draws it; `code` is "" for a new one."""

    code: str
    name: str
    question: str = ""
    touchpoints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyDraft:
    """A journey as somebody draws it, begun from the version `base` of it (0: none was drawn)."""

    journey: str
    name: str
    customer: str
    stages: tuple[StageDraft, ...]
    base: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyVersion:
    """A version that was drawn: who, when, why, and what it changed."""

    id: int
    number: int
    actor: str
    at: datetime
    note: str
    changes: tuple[str, ...]
    is_shown: bool
