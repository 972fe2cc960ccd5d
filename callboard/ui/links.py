"""Every link of the product: addresses of pages with the filters they carry, plain keys only."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from callboard.ui.markup import tag

Query = Mapping[str, str | Sequence[str]]


def address(page: str, query: Query) -> str:
    """Return the relative address of a page (`touchpoint`, "" for the overview) with a query."""
    kept = {key: value for key, value in query.items() if value}
    written = urlencode(kept, doseq=True)
    return f"{page or './'}{'?' if written else ''}{written}"


def outside(text: str, url: str) -> Markup | str:
    """Return the text as a link to somebody else's page; the text alone unless the URL is http(s).

    A file's cell can say anything, `javascript:` among it.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return text
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return text
    return tag("a", text, href=url, target="_blank", rel="noopener noreferrer")
