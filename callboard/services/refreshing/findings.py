"""What is asked of a feed for a refresh, and what it said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from callboard.storage.feeds.control_sql import ControlTotals
from callboard.storage.feeds.passages import Passages
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.rows import BrokenRow
from callboard.storage.feeds.scan_answer import Answer, SliceCount
from callboard.storage.feeds.scan_plan import Plan
from callboard.storage.feeds.scan_sums import KeptSums
from callboard.storage.feeds.table import FeedTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a feed: what is new, everything from a day on, or all (`is_full`).

    `waivers` marks those in force: with another mark the feed is asked again. `days` are those of
    rows that people did something about, newly where it `has_acts`. Of two days that a correction
    has `moved` a row between, one is not read without the other.
    """

    is_full: bool = False
    since: date | None = None
    waivers: str = ""
    days: frozenset[date] = frozenset()
    moved: tuple[tuple[date, date], ...] = ()
    has_acts: bool = False

    def and_moved(self, days: frozenset[date]) -> frozenset[date]:
        """`days` with those that rows on them were moved from or to."""
        others = {day for pair in self.moved if days & set(pair) for day in pair}
        return days if others <= days else self.and_moved(days | others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hourly sums of recent days, with the plan that says how to read them."""

    plan: Plan
    sums: KeptSums
    days: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The sums and the evidence of the days that were read, and the rows that were kept out.

    `has_all_broken` says whether `broken` are all of them. `rows_collapsed` are copies of rows that
    count once. `told` is how many rows there should be, where a control table says so. `corrected`
    are rows that broke their contract and are used as people corrected them; `came` is how many
    rows each touchpoint had on each day before that, None where none was. `passages` say who
    went from where on to where, None where rows name no case.
    """

    plan: Plan
    answer: Answer
    broken: tuple[BrokenRow, ...]
    hours: Hours | None
    rows_collapsed: int = 0
    told: ControlTotals = field(default_factory=ControlTotals)
    corrected: tuple[BrokenRow, ...] = ()
    came: Mapping[tuple[str, date], SliceCount] | None = None
    passages: Passages | None = None

    @property
    def rows_in(self) -> int:
        """How many rows were looked at: used, quarantined or collapsed."""
        return self.answer.rows_in + self.rows_collapsed

    @property
    def rows_used(self) -> int:
        """How many of them are in the sums."""
        return self.answer.rows_used

    @property
    def has_all_broken(self) -> bool:
        """Whether no row that breaks its contract was left behind for the number of them."""
        return len(self.broken) == self.answer.rows_in - self.answer.rows_used


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a feed said.

    Without a `reading`, nothing is new, or the table is not as promised: it is not there, lacks
    columns, or has others than those (`errors` by rule_id). `question.days` None means all days.
    `seen` marks what was seen: the same mark again means that nothing is new. `seen_once_published`
    is the mark where the reading is published, for then later changes alone count as new. `table`
    is what the database has, beside what was promised. `corrected` are the keys and hashes of rows
    that are used as people corrected them.
    """

    question: FeedQuestion
    seen: str = ""
    seen_once_published: str = ""
    reading: Reading | None = None
    has_table: bool = True
    missing: tuple[str, ...] = ()
    errors: dict[str, str] | None = None
    table: FeedTable | None = None
    corrected: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to be read, the table being as promised."""
        is_right = self.has_table and not self.missing and not self.errors
        return is_right and self.reading is None
