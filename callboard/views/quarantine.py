"""Rows in quarantine, what was done about them, and rules that are waived for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from callboard.views.trust import QuarantinedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    """Some of a feed's rows in quarantine, of the `total` that were asked for.

    `statuses`, `rules` and `touchpoints` are what they can be chosen by, in words with their
    numbers; `days` the days, newest first. `columns` are those of a row, with whether they may be
    corrected.
    """

    feed: str
    name: str
    rows: tuple[QuarantinedRow, ...]
    total: int
    offset: int
    statuses: Mapping[str, str]
    rules: Mapping[str, str]
    touchpoints: Mapping[str, str]
    days: tuple[date, ...]
    columns: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What became of a correction: kept, or refused with what would still be broken."""

    row_id: int
    is_kept: bool
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """What became of one row of a file of corrections; `line` is where it stands in the file."""

    line: int
    row_key: str
    outcome: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReport:
    """What became of a file of corrections: how many rows are corrected, unchanged, refused."""

    corrected: int
    unchanged: int
    refused: tuple[FileRow, ...]
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRow:
    """A rule that is waived, in one slice or ("") in all; `state` says whether it still holds."""

    id: int
    feed: str
    rule_id: str
    description: str
    slice_key: str
    where: str
    reason: str
    owner: str
    until: date
    actor: str
    at: datetime
    state: str
    holds: bool
