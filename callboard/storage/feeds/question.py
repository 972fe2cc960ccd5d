"""What a refresh asks of one feed: plain data, from which its SQL is made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from data_contracts.checks import TOUCHPOINTS
from data_contracts.model import Clock, Contract
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuestion:
    """A feed's contract, the metrics that read it, and the touchpoints its rows may name.

    `touchpoints` maps every code and alias to its touchpoint's code, `zones` every code to its
    time zone. `words` are the allowed words of other references. `kept` are the segments of a
    dimension that are told apart where there are too many; the others become "other". `days` None
    asks for all there are; else rows without a day are looked for among those written since
    `undated_since`.
    """

    contract: Contract
    metrics: tuple[Metric, ...]
    touchpoints: Mapping[str, str]
    zones: Mapping[str, str]
    default_zone: str
    now: datetime
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: frozenset[date] | None = None
    undated_since: datetime | None = None

    @property
    def latest(self) -> datetime:
        """What counts as now for the feed's moments; wall times may be ahead of UTC by 14 hours."""
        ahead = timedelta(hours=14) if self.contract.clock is Clock.LOCAL else timedelta()
        return self.now.astimezone(UTC) + ahead

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        """The allowed words of each reference that a check may name."""
        return {**self.words, TOUCHPOINTS: frozenset(self.touchpoints)}

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that at least one metric is told apart by, in the contract's order."""
        return tuple(
            name
            for name in self.contract.dimensions
            if any(is_told_apart(metric, name) for metric in self.metrics)
        )


def is_told_apart(metric: Metric, dimension: str) -> bool:
    """Whether readings of `metric` are kept by `dimension`; None in the definition means all.

    A metric of two feeds is kept for the whole touchpoint only: the segments of two feeds need not
    mean the same.
    """
    if len(metric.feeds) > 1:
        return False
    return metric.dimensions is None or dimension in metric.dimensions
