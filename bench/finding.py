"""Server CPU of one search at 50 touchpoints x 24 metrics x 500 competitors. Pure: no server.

Run: python -m bench.finding
"""

import statistics
import time

from callboard.services.finding.matching import find, make_findable
from callboard.views.finding import Findable, FoundKind

TOUCHPOINTS, METRICS, COMPETITORS, ROUNDS, BUDGET = 50, 24, 500, 9, 50.0
TYPED = ("d", "del", "on time delivery", "counter 17", "competitor 4", "delivrey kountr", "zzzzz")


def main() -> None:
    started = time.process_time()
    findables = make_all()
    print(f"{len(findables):,} made in {1000 * (time.process_time() - started):.0f} ms")
    for typed in TYPED:
        milliseconds = 1000 * statistics.median(_cpu(findables, typed) for _ in range(ROUNDS))
        print(
            f"{typed!r:20} {milliseconds:5.1f} ms CPU  {milliseconds / BUDGET:4.2f} of the budget"
        )


def make_all() -> tuple[Findable, ...]:
    """As many as there are, with names of ordinary length."""
    metrics = [f"On-time delivery of kind {number}" for number in range(METRICS)]
    touchpoints = [f"Service counter {number}" for number in range(TOUCHPOINTS)]
    words = "Of all orders that were promised for a day, how many arrived on that day?"
    return (
        *(make_findable(FoundKind.TOUCHPOINT, name, page="t") for name in touchpoints),
        *(make_findable(FoundKind.METRIC, name, page="m") for name in metrics),
        *(
            make_findable(FoundKind.PAIR, f"{metric}, {touchpoint}", page="t")
            for metric in metrics
            for touchpoint in touchpoints
        ),
        *(
            make_findable(FoundKind.COMPETITOR, f"Competitor {n}", page="c", also=[f"Müller {n}"])
            for n in range(COMPETITORS)
        ),
        *(make_findable(FoundKind.DEFINITION, name, page="d", also=[words]) for name in metrics),
    )


def _cpu(findables: tuple[Findable, ...], typed: str) -> float:
    started = time.process_time()
    find(findables, typed)
    return time.process_time() - started


if __name__ == "__main__":
    main()
