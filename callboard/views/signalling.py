"""Signals that began lately, and what people did about them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from callboard.views.states import Trust
from callboard.views.tiles import Sparkline
from metrics.signals import Signal
from metrics.verdict import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalComment:
    """What somebody wrote about a signal, and when; without its text once that is taken back."""

    actor: str
    at: datetime
    text: str
    id: int = 0
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What people did about a signal, as it stands now; an empty name means that nobody did.

    `task` is what was written with the assignment. A signal that is done keeps who had it.
    `last_act` is the number of the newest act that this tells of, 0 where there is none.
    """

    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    assignee: str = ""
    due: date | None = None
    task: str = ""
    assigned_by: str = ""
    assigned_at: datetime | None = None
    is_overdue: bool = False
    done_by: str = ""
    done_at: datetime | None = None
    comments: tuple[SignalComment, ...] = ()
    last_act: int = 0

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody has taken note of it: to assign it, or to be done with it, is to."""
        return bool(self.acknowledged_by)

    @property
    def is_assigned(self) -> bool:
        """Whether somebody still has it to do."""
        return bool(self.assignee) and not self.done_by


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """What stands behind a change: its size against normal, whose it is, what is done about it.

    `excess` is what the signal amounts to in cases, "" where that is not clear. `follow` is None
    where it is no signal any more.
    """

    touchpoint: str
    metric: str
    size: str
    excess: str
    owner: str
    follow: FollowUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A signal that somebody still has to do something about; `since` is its first period's day.

    `what` says it in words: `On-time delivery, Field delivery: concern since 5 Oct`.
    """

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    grain: str
    since: date
    signal: str
    what: str
    assignee: str
    due: date | None
    is_overdue: bool
    task: str
    assigned_by: str
    assigned_at: datetime


class CauseKind(StrEnum):
    """What may explain several signals at once."""

    BREAK = "break"
    ASIDE = "aside"
    ANNOTATION = "annotation"
    SERVICE = "service"
    TOGETHER = "together"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCard:
    """One signal that began, or was first seen, lately; `since` is its first day.

    `kept_since` is the day under which its acts are kept. `when` and `amount` are in words, with
    units; `level`, `usual` and `gap` the same as numbers, None where events are rare and days
    between them are judged. `excess` is "" where chance could have done it, or where it is over.
    `verdict` is that of the tile while the signal is on, `ended` its last day where it is over.
    """

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    pillar: str
    owner: str
    grain: str
    since: date
    kept_since: date
    ended: date | None
    signal: Signal
    variation: Variation
    when: str
    amount: str
    level: float | None
    usual: float | None
    gap: float | None
    unit: str
    rule: str
    verdict: str
    excess: str
    sparkline: Sparkline
    trust: Trust
    follow: FollowUp

    @property
    def is_on(self) -> bool:
        """Whether the newest complete period still has the signal."""
        return self.ended is None

    @property
    def id(self) -> str:
        """The signal in an address."""
        return f"{self.touchpoint}.{self.metric}.{self.kept_since.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalHere:
    """The signal that stands at a touchpoint's metric; its acts are kept under `kept_since`."""

    touchpoint: str
    metric: str
    kept_since: date
    follow: FollowUp

    @property
    def id(self) -> str:
        """The signal in an address."""
        return f"{self.touchpoint}.{self.metric}.{self.kept_since.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalGroup:
    """Signals that one event may explain; a single one without a cause is a group of its own.

    `title` and `reason` are "" then. `leads` are signals of the cause itself, `cards` the others.
    """

    kind: CauseKind
    title: str
    reason: str
    leads: tuple[SignalCard, ...]
    cards: tuple[SignalCard, ...]

    @property
    def every(self) -> tuple[SignalCard, ...]:
        """All signals of the group."""
        return (*self.leads, *self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsPage:
    """What changed lately: the answer in a sentence, then the signals, newest first.

    `chance` says how many of them to expect from chance alone, `first_day` from when on they count.
    There are `count` of them, whatever people did about them; of the `hidden_count` oldest nothing
    is told but their number.
    """

    headline: str
    chance: str
    groups: tuple[SignalGroup, ...]
    first_day: date
    period_label: str
    publication: int
    has_readings: bool
    hidden_count: int = 0
    count: int = 0

    @property
    def cards(self) -> tuple[SignalCard, ...]:
        """All signals, in the order of their groups."""
        return tuple(card for group in self.groups for card in group.every)
