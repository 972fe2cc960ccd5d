"""Where a published value comes from, and how far it compares: its passport."""

from dataclasses import dataclass
from datetime import date, datetime

from metrics.grades import Grade, GradeReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """What a value was before somebody published it again, and the day we were given the new."""

    value_text: str
    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """All that is known of one published value; texts are empty where nothing was said.

    `value_text` is in our unit, `published_text` as it was published. `ages_on` is the day from
    which it is too old to be held against us.
    """

    id: int
    entity: str
    metric: str
    metric_name: str
    value_text: str
    published_text: str
    grade: Grade
    reasons: tuple[GradeReason, ...]
    verdict: str
    publisher: str
    document: str
    source: str
    source_url: str
    period_label: str
    published_on: date | None
    retrieved_on: date | None
    as_of: date | None
    population: str
    region: str
    industry: str
    segment: str
    n_text: str
    base: str
    statistic: str
    method: str
    clock: str
    definition_version: str
    licence: str
    note: str
    imported_by: str
    imported_at: datetime | None
    file_name: str
    sha256: str
    submission: int
    ages_on: date
    is_old: bool
    published_of: str = ""
    restated: Restatement | None = None
