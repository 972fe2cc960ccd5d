"""Every link of the product: addresses of pages with the filters they carry, plain keys only."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

Query = Mapping[str, str | Sequence[str]]


def address(page: str, query: Query) -> str:
    """Return the relative address of a page (`touchpoint`, "" for the overview) with a query."""
    kept = {key: value for key, value in query.items() if value}
    written = urlencode(kept, doseq=True)
    return f"{page or './'}{'?' if written else ''}{written}"
