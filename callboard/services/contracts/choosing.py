"""Which contract a person means by the name of its feed."""

from collections.abc import Mapping

from callboard.errors import CallboardError
from data_contracts.model import Contract
from definition_files import nearest


def contract_of(known: Mapping[str, Contract], feed: str) -> Contract:
    """Return the contract of a connected feed; CallboardError where there is none so called."""
    if feed not in known:
        raise CallboardError(f"There is no feed {feed!r}. {nearest(feed, known)}".rstrip())
    return known[feed]
