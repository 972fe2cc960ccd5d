"""Signals that began lately, and what people did about them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalComment:
    """What somebody wrote about a signal, and when."""

    actor: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What people did about a signal, as it stands now; an empty name means that nobody did.

    `task` is what was written with the assignment. A signal that is done keeps who had it.
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

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody has taken note of it: to assign it, or to be done with it, is to."""
        return bool(self.acknowledged_by)

    @property
    def is_assigned(self) -> bool:
        """Whether somebody still has it to do."""
        return bool(self.assignee) and not self.done_by


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
