"""What keeps published values usable, as pages and the command line print it."""

from dataclasses import dataclass
from datetime import date, datetime

_ANNUAL = "annual"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name that stands for an entity; `id` is 0 for one of entities.yaml.

    `counts` says whether it does now, `holds` whether an edit was not withdrawn. `standing` says in
    words where it stands, who withdrew it or what outweighs it.
    """

    id: int
    entity: str
    name: str
    kind: str
    from_day: date | None
    reason: str
    actor: str
    at: datetime | None
    counts: bool
    holds: bool
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerSetRow:
    """A peer set or an edit of one; `id` is 0 for one of workspace.yaml; else as a `NameRow`."""

    id: int
    name: str
    entities: tuple[str, ...]
    reason: str
    actor: str
    at: datetime | None
    counts: bool
    holds: bool
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRowView:
    """A row that waits for a definition. `means` is the metric its word means by now, or "".

    Rows of one file with the same `read_as`, what was said of it, are given back together.
    """

    id: int
    word: str
    means: str
    request: str
    asked_of: str
    file_name: str
    line: int
    actor: str
    at: datetime
    state: str
    read_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Values of a publisher that want a newer edition.

    `metrics` are codes, `names` theirs. `step` says in words how the day was found, `rhythm` how
    often an edition comes ("annual"); `state` is due, waiting, snoozed or stopped.
    """

    publisher: str
    metrics: tuple[str, ...]
    names: tuple[str, ...]
    last_end: date
    due_on: date
    step: str
    rhythm: str
    state: str
    sentence: str

    @property
    def brief(self) -> str:
        """Who, how often, until when there are values, and when newer ones are expected."""
        last = f"{self.last_end:%Y}" if self.rhythm == _ANNUAL else f"{self.last_end:%b %Y}"
        return f"{self.publisher}, {self.rhythm}, last {last}, expected {self.due_on:%b %Y}"
