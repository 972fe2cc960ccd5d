"""What a letter is: a subject, plain text, and HTML whose pictures come with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG that the HTML calls `cid:name`."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A text for every reader, and the same as HTML for those whose program shows it."""

    subject: str
    text: str
    html: str = ""
    pictures: tuple[Picture, ...] = ()
