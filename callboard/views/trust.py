"""What the data of each feed is worth, and what each metric means."""

from dataclasses import dataclass
from datetime import date, datetime

from callboard.views.states import Badge


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule's last result in plain words."""

    rule_id: str
    description: str
    severity: str
    state: str
    evaluated: int
    failed: int
    message: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """A row that was kept out, as it came, with its reasons."""

    feed: str
    row_key: str
    reasons: tuple[str, ...]
    raw: str
    first_seen: datetime
    status: str


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
