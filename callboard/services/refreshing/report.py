"""What a refresh did, feed by feed, for whoever asked for it."""

from dataclasses import dataclass

from callboard.storage.runs import RunVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What became of one feed. `changed` counts readings that differ from before.

    `rows_in` are the rows that were looked at, not all of the feed's; `days` how many local days
    they are of. `reasons` say in plain words why a run was withheld or failed, or what is not in
    order with one that was published. `publication` is None where nothing new is to be seen.
    `rows_collapsed` are copies of rows that count once.
    """

    feed: str
    name: str
    verdict: RunVerdict
    rows_in: int = 0
    rows_used: int = 0
    days: int = 0
    changed: int = 0
    seconds: float = 0.0
    reasons: tuple[str, ...] = ()
    publication: int | None = None
    error_id: str = ""
    rows_collapsed: int = 0

    @property
    def rows_quarantined(self) -> int:
        """How many of the rows break their contract and are not counted."""
        return self.rows_in - self.rows_used - self.rows_collapsed

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        why = f" {' '.join(self.reasons)}" if self.reasons else ""
        match self.verdict:
            case RunVerdict.FAILED:
                return f"{self.name} could not be read.{why}"
            case RunVerdict.WITHHELD:
                return f"{self.name} broke its contract; the last good figures stay.{why}"
            case RunVerdict.UNCHANGED if self.rows_in:
                return f"{self.name}: {self.rows_in:,} rows read; no reading differs.{why}"
            case RunVerdict.UNCHANGED:
                return f"{self.name}: nothing new.{why}"
        kept_out = f", {self.rows_quarantined:,} in quarantine" if self.rows_quarantined else ""
        copies = f", {self.rows_collapsed:,} of them copies" if self.rows_collapsed else ""
        return (
            f"{self.name}: {self.rows_in:,} rows of {_days(self.days)}{copies}{kept_out}; "
            f"{self.changed:,} readings are new or differ.{why}"
        )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    """What a refresh did; its feeds in the order they were read."""

    feeds: tuple[FeedReport, ...]

    @property
    def is_good(self) -> bool:
        """Whether every feed was read and kept its contract."""
        bad = (RunVerdict.FAILED, RunVerdict.WITHHELD)
        return not any(each.verdict in bad for each in self.feeds)

    @property
    def publication(self) -> int | None:
        """The newest publication that the refresh made, if any."""
        return max((each.publication for each in self.feeds if each.publication), default=None)
