"""What a submission is, and one published value of somebody else: plain data."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data_contracts.findings import Finding

# Two rows alike in these say something about the same thing.
NATURAL_KEY = (
    "metric",
    "entity",
    "statistic",
    "period_start",
    "period_end",
    "region",
    "industry",
    "segment",
    "touchpoint",
    "source_name",
)


class SubmissionState(StrEnum):
    """Staged rows wait, published ones count, withdrawn ones do not, refused ones never did."""

    STAGED = "staged"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A file that was handed in. `rows_in` = published + quarantined + collapsed.

    `id` is 0 until it is added. `publication` is the one that first made it count: it says which
    of two submissions is the later. `answers_sha` tells apart readings of the same content, and is
    empty where nobody said how to read it.
    """

    sha256: str
    file_name: str
    size: int
    actor: str
    at: datetime
    contract_sha256: str = ""
    encoding: str = ""
    delimiter: str = ""
    rows_in: int = 0
    published: int = 0
    quarantined: int = 0
    collapsed: int = 0
    note: str = ""
    source: str = ""
    state: SubmissionState = SubmissionState.STAGED
    publication: int | None = None
    answers_sha: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkRow:
    """One published value of one entity. `row` is its line in the file; value in the unit given.

    `base` is per what a rate is told (orders, passengers), empty where that is not said.
    `id` and `submission_id` are 0 until the row is stored.
    """

    metric: str
    entity: str
    statistic: str
    value: float
    unit: str
    period_end: date
    source_name: str
    entity_type: str = "competitor"
    per: float | None = None
    period_start: date | None = None
    region: str = ""
    industry: str = ""
    segment: str = ""
    touchpoint: str = ""
    numerator: float | None = None
    denominator: float | None = None
    sample_size: int | None = None
    sample_unit: str = ""
    method: str = ""
    clock: str = ""
    source_url: str = ""
    document: str = ""
    published_on: date | None = None
    retrieved_on: date | None = None
    as_of: date | None = None
    population: str = ""
    definition_version: str = ""
    licence: str = ""
    publisher: str = ""
    note: str = ""
    base: str = ""
    row: int = 0
    id: int = 0
    submission_id: int = 0

    @property
    def natural_key(self) -> str:
        """What makes two rows statements about the same thing, as a hash."""
        told = "\x1f".join(str(getattr(self, name) or "") for name in NATURAL_KEY)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFinding:
    """A finding of a submission with the row as it came (JSON text)."""

    finding: Finding
    raw: str = ""

    @property
    def raw_hash(self) -> str:
        """What the row is recognised by when it comes back, empty where it is not kept here."""
        return hash_of_raw(self.raw) if self.raw else ""


def hash_of_raw(raw: str) -> str:
    """Return what a rejected row is recognised by, from the JSON text of its cells."""
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionDetail:
    """How a file was published: in which mode, against which publication, read by which answers.

    `answers` is JSON text, `digest` of the rows. `removed` counts what it took away, `returned`
    rejected rows of earlier files that came back with it, `came_back` its own that came back.
    """

    mode: str
    base: int | None = None
    digest: str = ""
    answers: str = ""
    sheet: str = ""
    contract_version: str = ""
    publishers: tuple[str, ...] = ()
    removed: int = 0
    returned: int = 0
    came_back: int = 0
