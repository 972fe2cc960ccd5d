"""What the steps of an import show: a file as it came, as it was understood, and what is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from callboard.views.publishing import Preview
from data_contracts.findings import Reason
from data_contracts.importing.answers import Answers
from data_contracts.importing.layout import Layout
from data_contracts.importing.matches import Mapping as Matches
from data_contracts.importing.proposing import ReadingProposal
from data_contracts.importing.questions import Asked
from data_contracts.parsing.reading import Reading

Choices = tuple[tuple[str, str], ...]
_LETTERS = (Reason.FILE_BROKEN, Reason.ENCODING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantField:
    """What no column gives and a person may say for all rows; `choices` are (value, words).

    `suggestion` is taken with all the others; an empty `choices` means free text.
    """

    field: str
    label: str
    text: str = ""
    suggestion: str = ""
    choices: Choices = ()
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportGap:
    """A part of the passport that `rows` of the rows to publish lack."""

    field: str
    label: str
    rows: int
    text: str = ""
    choices: Choices = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A file that was handed in and is not published yet; `size` in bytes."""

    token: str
    name: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRow:
    """A rejected row of the file: its line, its cells as they stand, what is wrong in words."""

    line: int
    cells: tuple[str, ...]
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabGroup:
    """Rejected cells that one repair mends; `is_word` where the words of a column are meant.

    `can_set`: all of them may be set to one text, since they stand in cells of the file. `how` says
    where they are mended otherwise.
    """

    reason_code: str
    reason: str
    column: str
    count: int
    example: str
    expected: str
    suggestion: str
    is_word: bool
    can_set: bool
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What was said of an earlier file and may be taken over: by whom, when, and in one line.

    `adds` is only what nobody has said of the file at hand. `publisher` is empty where the earlier
    file was of several.
    """

    id: int
    publisher: str
    submission: int | None
    at: datetime
    actor: str
    says: str
    adds: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class LabView:
    """Everything the steps show of a file and what was said of it.

    `proposal` and `layout` are how it may be read where it is not read so yet. `understood` are
    the first rows as they would be published, or as they were laid out, under `titles`. `fields`
    are what a column can be, `names` what a word can mean, by field. `rows` are the first rejected
    rows under `headers`. `offers` are what was said of earlier files.
    """

    file_name: str
    preview: Preview
    reading: Reading | None = None
    proposal: ReadingProposal | None = None
    layout: Layout | None = None
    titles: tuple[str, ...] = ()
    understood: tuple[tuple[str, ...], ...] = ()
    mapping: Matches = field(default_factory=Matches)
    asked: tuple[Asked, ...] = ()
    fields: Choices = ()
    constants: tuple[ConstantField, ...] = ()
    names: Mapping[str, Choices] = field(default_factory=dict)
    groups: tuple[LabGroup, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[LabRow, ...] = ()
    passport: tuple[PassportGap, ...] = ()
    offers: tuple[LastTime, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the file could be read into columns."""
        return bool(self.mapping.columns)

    @property
    def is_in_doubt(self) -> bool:
        """Whether it is text of which not even the letters could be read."""
        findings = (*self.preview.file_findings, *self.preview.findings)
        return self.reading is None and any(each.reason_code in _LETTERS for each in findings)
