"""A file on its way to being published: findings, changes, history."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What publishing would do to one benchmark value; `kind` is add, change, leave or remove."""

    kind: str
    metric: str
    entity: str
    period: str
    old: str
    new: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding as the page and the command line print it; the codes are for programs."""

    row: int
    column: str
    reason: str
    found: str
    expected: str
    suggestion: str
    verdict: str
    reason_code: str = ""
    verdict_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings that one repair mends: how many, the first of their rows, and one of them."""

    reason: str
    column: str
    count: int
    rows: tuple[int, ...]
    example: str
    expected: str
    suggestion: str
    verdict: str
    is_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a checked file would do, before it does it.

    The counts obey rows_in = published + quarantined + collapsed. `same_as` names the earlier
    submission with the same content. `file_findings` are of the file as a whole, in row 0.
    `notes` say which of the values to publish will be listed without being compared, and why.
    """

    file_name: str
    sha256: str
    encoding: str
    delimiter: str
    rows_in: int
    published: int
    quarantined: int
    collapsed: int
    refused: str
    same_as: str
    findings: tuple[FindingRow, ...]
    changes: tuple[Change, ...]
    sentence: str
    notes: tuple[str, ...]
    file_findings: tuple[FindingRow, ...] = ()
    groups: tuple[FindingGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """One line of the publishing history.

    `is_repeat`: the same content was handed in again, and nothing was changed.
    """

    id: int
    at: datetime
    actor: str
    file_name: str
    sha256: str
    source: str
    rows_in: int
    published: int
    quarantined: int
    collapsed: int
    state: str
    publication: int | None
    note: str
    is_repeat: bool = False
