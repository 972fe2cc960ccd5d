"""What a browser makes of a page: its elements, their attributes, its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class ParsedPage:
    """Every start tag, every attribute with its element, and all text."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    text: str = ""
    others: list[str] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = ParsedPage()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append(tag)
        self.page.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.page.text += data

    def handle_comment(self, data: str) -> None:
        self.page.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.page.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.page.others.append(data)


def parse(text: str) -> ParsedPage:
    """Return what is in a page; entities are read as a browser reads them."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.page
