"""What people keep for themselves: views they saved, metrics they follow."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A page with its filters under a name; `query` as it stands in the address, pair by pair."""

    name: str
    page: str
    query: tuple[tuple[str, str], ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A metric at a touchpoint that the reader follows."""

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
