"""A file on its way to being published: findings, changes, history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
class RestatementRow:
    """A value that its publisher now says otherwise, here or in another edition; both are kept."""

    metric: str
    entity: str
    period: str
    old: str
    old_edition: str
    new: str
    new_edition: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpRow:
    """A source's values on another scale than before; `key` is what a person confirms it by.

    `old` and `new` are the middle values, `among` says where the old one was found.
    """

    key: str
    metric: str
    source: str
    old: str
    new: str
    factor: str
    among: str
    is_confirmed: bool


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
class GradeAhead:
    """How far a metric's values would compare with the passport as it stands: `counts` by grade.

    `grade` is that of most of those that could be better, `why` the first reason, `advice` what of
    the passport would make it so. Where nothing would, it is empty, and most of the others are
    told.
    """

    metric: str
    counts: Mapping[str, int]
    grade: str
    why: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a checked file would do, before it does it.

    The counts obey rows_in = published + quarantined + collapsed. `same_as` names the earlier
    submission with the same content. `file_findings` are of the file as a whole, in row 0;
    `findings` of rows, made as they are read where they are many.
    `notes` say which of the values to publish will be listed without being compared, and why.

    `changes` and `restatements` are the first of them; `change_counts` and `restated` count all, by
    kind. A jump that is not confirmed stops publishing. `returned` counts rejected rows of earlier
    files that came back; `base` is the publication it was compared with. `grades` are by metric.
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
    findings: Sequence[FindingRow]
    changes: tuple[Change, ...]
    sentence: str
    notes: tuple[str, ...]
    file_findings: tuple[FindingRow, ...] = ()
    groups: tuple[FindingGroup, ...] = ()
    mode: str = "by_key"
    base: int = 0
    change_counts: Mapping[str, int] = field(default_factory=dict)
    jumps: tuple[JumpRow, ...] = ()
    restatements: tuple[RestatementRow, ...] = ()
    restated: int = 0
    returned: int = 0
    grades: tuple[GradeAhead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """One line of the publishing history.

    `is_repeat`: the same content was handed in again, and nothing was changed. `removed` counts
    values it took away, `returned` rejected rows that came back in it, `came_back` rejected rows of
    its own that came back later. `may_withdraw` and `may_restore` say what the reader may do.
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
    contract_sha256: str = ""
    contract_version: str = ""
    mode: str = ""
    sheet: str = ""
    publishers: tuple[str, ...] = ()
    removed: int = 0
    returned: int = 0
    came_back: int = 0
    may_withdraw: bool = False
    may_restore: bool = False
