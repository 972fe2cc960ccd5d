"""What is asked of publishing: a file, what was said of it, in which mode, against which base."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from callboard.errors import CallboardError
from data_contracts.importing.answers import NO_ANSWERS, Answers

_LONGEST = 200


class Mode(StrEnum):
    """What a file does to what is published: its own keys only, or all its publishers had."""

    BY_KEY = "by_key"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A file to be checked, compared or published. `base` is the newest publication seen.

    Without a base, what others published meanwhile is simply outweighed. `remembers`: what was said
    is kept to be offered for the publisher's next file.
    """

    name: str
    content: bytes
    answers: Answers = NO_ANSWERS
    mode: Mode = Mode.BY_KEY
    note: str = ""
    base: int | None = None
    remembers: bool = False

    @property
    def answers_json(self) -> str:
        """What was said of the file, as it is kept."""
        return json.dumps(asdict(self.answers), sort_keys=True, ensure_ascii=False, default=sorted)

    @property
    def answers_sha(self) -> str:
        """What tells this reading of the content from others; empty where nothing was said."""
        said = replace(self.answers, confirmed=frozenset())
        if said == NO_ANSWERS and self.mode is Mode.BY_KEY:
            return ""
        told = f"{self.mode} {replace(self, answers=said).answers_json}"
        return hashlib.sha256(told.encode()).hexdigest()

    def in_plain_words(self) -> "Ask":
        """The same with a name and a note that a database can keep."""
        return replace(self, name=plain_text(self.name), note=plain_text(self.note))


class StaleBase(CallboardError):
    """Somebody changed what was compared with; nothing was published."""


class NotConfirmed(CallboardError):
    """A jump in scale waits for a person's word; nothing was published."""


def plain_text(text: str) -> str:
    """Return what a person typed, without what a database cannot keep."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "").strip()[:_LONGEST]
