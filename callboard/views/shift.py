"""My touchpoints: what needs somebody now, and what is handed over."""

from dataclasses import dataclass
from datetime import datetime

from callboard.views.signalling import Assignment
from callboard.views.states import Badge, Trust
from callboard.views.tiles import TodaySoFar
from metrics.verdict import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverNote:
    """A note to the next shift; `seen_by` is empty where nobody has said that he saw it."""

    id: int
    touchpoint: str
    touchpoint_name: str
    note: str
    author: str
    at: datetime
    seen_by: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """A metric that is told on a shift, for it signals or has a today.

    `told` says what is the matter and since when, with `value_text` of the period `period_label`;
    all three are empty where nothing signals. `needs_look`: it is more than good news.
    """

    metric: str
    metric_name: str
    variation: Variation
    told: str = ""
    value_text: str = ""
    period_label: str = ""
    needs_look: bool = False
    today: TodaySoFar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFeed:
    """A feed under a touchpoint that is not well; `waiting` rows are in quarantine."""

    feed: str
    name: str
    trust: Trust
    waiting: int = 0

    @property
    def needs_look(self) -> bool:
        """Whether figures are missing or old; a few rows that wait leave them as they are."""
        return self.trust.badge not in (Badge.VERIFIED, Badge.WARNINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftBlock:
    """One of somebody's touchpoints on his shift.

    `notes` are the newest first, `assigned` what anybody still has to do, soonest due first.
    """

    touchpoint: str
    name: str
    owner: str
    headline: str
    rows: tuple[ShiftRow, ...]
    feeds: tuple[ShiftFeed, ...]
    notes: tuple[HandOverNote, ...]
    assigned: tuple[Assignment, ...] = ()
    has_readings: bool = True

    @property
    def is_unseen(self) -> bool:
        """Whether the newest note was seen by nobody yet."""
        return bool(self.notes) and not self.notes[0].seen_by

    @property
    def is_quiet(self) -> bool:
        """Whether nothing here needs anybody."""
        is_loud = any(row.needs_look for row in self.rows) or any(
            feed.needs_look for feed in self.feeds
        )
        return not (is_loud or self.assigned or self.is_unseen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody's touchpoints, first the one that needs a look most; `told_at` is now."""

    headline: str
    blocks: tuple[ShiftBlock, ...]
    told_at: datetime
