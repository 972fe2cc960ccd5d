"""What the data of each feed is worth, and what each metric means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from callboard.views.states import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule's last result in plain words, and with which run it began to be broken."""

    rule_id: str
    description: str
    severity: str
    state: str
    evaluated: int
    failed: int
    message: str
    slice_key: str = ""
    waived_until: date | None = None
    since: datetime | None = None
    since_run: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceRow:
    """A part of a feed of which there is more to say: days held or missing, and why.

    `where` is the touchpoint in words, with the metric where it is about one.
    """

    where: str
    held: tuple[date, ...]
    missing: tuple[date, ...]
    said: tuple[str, ...]
    since: datetime | None
    as_of: datetime | None
    waived_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTrust:
    """One feed on the trust page.

    Rows and rules are of the last run that could read the feed, `judged_at`; None before the first.
    """

    feed: str
    name: str
    version: str
    purpose: str
    owner: str
    channel: str
    badge: Badge
    sentence: str
    as_of: date | None
    due: datetime | None
    last_run: datetime | None
    last_good: datetime | None
    judged_at: datetime | None
    rows_in: int
    rows_used: int
    rows_quarantined: int
    open_quarantine: int
    rules: tuple[RuleRow, ...]
    columns: tuple[tuple[str, str, str, str], ...]
    metrics: tuple[str, ...]
    run_id: int | None = None
    slices: tuple[SliceRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDeed:
    """What somebody did about a row in quarantine, or what a refresh made of it, in words."""

    at: datetime
    actor: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """A row that was kept out, as it came, with its reasons.

    `fields` are its values as text by the contract's names, as corrected if it was, personal ones
    masked. `resolved_by` and `resolved_at` say who ended its quarantine, and when. `can_correct`:
    whether the reader may say here what it should read, and if not, `cannot` why; "" and None
    elsewhere mean that it cannot be told. `waits` is what the next refresh is to take in.
    `row_hash` is of `raw`; `correction` is the number of its latest correction, 0 without one.
    """

    feed: str
    row_key: str
    reasons: tuple[str, ...]
    raw: str
    first_seen: datetime
    status: str
    id: int = 0
    suggestion: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    touchpoint: str = ""
    place: str = ""
    day: date | None = None
    resolved_by: str = ""
    resolved_at: datetime | None = None
    note: str = ""
    can_correct: bool = False
    cannot: str = ""
    waits: str = ""
    row_hash: str = ""
    correction: int = 0
    deeds: tuple[RowDeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineRow:
    """What Great Expectations said of one number of a run, in its own words."""

    rule_id: str
    expectation: str
    observed: str
    bounds: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMark:
    """One run in the strip of runs; `failing` is how many of its rules were broken."""

    run_id: int
    at: datetime
    verdict: str
    failing: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrend:
    """How a rule went in a slice ("" is the whole feed) over time.

    Each of `points` is a day with the rows that broke the rule and those it was evaluated on.
    `since` is when it began to be broken; None where it is kept.
    """

    rule_id: str
    description: str
    slice_key: str
    points: tuple[tuple[date, int, int], ...]
    since: datetime | None
    since_run: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHistory:
    """The last runs of a feed, the oldest in front; `rules` are those broken in them, in words.

    `trend` is how one of them went over the last `days`.
    """

    feed: str
    runs: tuple[RunMark, ...]
    rules: Mapping[tuple[str, str], str]
    trend: RuleTrend | None
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStory:
    """What one run found; `said` is what the `engine` said of each number."""

    mark: RunMark
    rows_in: int
    rows_used: int
    rows_quarantined: int
    rows_collapsed: int
    reasons: tuple[str, ...]
    broken: tuple[RuleRow, ...]
    engine: str
    said: tuple[EngineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A change that people were told of; `delivered` says in words how far.

    One of an alert has its name in the place of a feed's, and no badge.
    """

    id: int
    at: datetime
    kind: str
    feed_name: str
    where: str
    badge: Badge | None
    sentence: str
    delivered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A metric in plain words with the formula that computes it.

    A composite has `components` (name, share of the weight, scale) and no SQL. `changes` are the
    days from which on the data follow another definition, in words.
    """

    metric: str
    name: str
    question: str
    description: str
    formula: str
    sql: str
    pillar: str
    key: str
    better: str
    unit_text: str
    feeds: tuple[str, ...]
    dimensions: tuple[str, ...]
    target: str
    version: int
    shown_from: str
    file: str
    touchpoints: tuple[str, ...]
    rationale: str = ""
    missing: str = ""
    components: tuple[tuple[str, str, str], ...] = ()
    changes: tuple[str, ...] = ()
