"""Two years of rare events by day in the small workspace: complaints, abandoned contacts, counts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from callboard.services.runtime import Runtime
from callboard.storage.readings import ReadingRow
from metrics.model import Better, Part
from tests.callboard.services.small_world import TODAY, day_rows

LAST = TODAY - timedelta(days=1)
DAYS = [LAST - timedelta(days=730 - at) for at in range(731)]
ORDERS = 200.0


def rare_rows(
    events: Iterable[date],
    *,
    metric: str = "complaints",
    touchpoint: str = "delivery",
    away: Iterable[date] = (),
    orders: float = ORDERS,
    segment: str = "",
) -> list[ReadingRow]:
    """A reading for every day that the feed was not away, with the events of the day.

    Of a region, where there is a segment.
    """
    found, missing = list(events), frozenset(away)
    return day_rows(
        metric,
        touchpoint,
        {day: (float(found.count(day)), orders) for day in DAYS if day not in missing},
        dimension="region" if segment else "",
        segment=segment,
    )


def every(days: int, *, until: date = LAST) -> list[date]:
    """An event every so many days, give or take a third of them in turn, the last on `until`."""
    found, step = [until], 0
    while found[-1] >= DAYS[0]:
        off = (0, days // 3, -(days // 3))[step % 3]
        found.append(found[-1] - timedelta(days=days + off))
        step += 1
    return found[-2::-1]


def with_counts(runtime: Runtime) -> Runtime:
    """The runtime where open requests are events of a feed of rare ones, fewer of them better."""
    definitions = runtime.definitions
    metric = definitions.metrics["backlog_open"].model_copy(
        update={"stock": None, "better": Better.LOWER, "numerator": Part()}
    )
    sparse = replace(definitions.contracts["backlog"], is_sparse=True)
    changed = replace(
        definitions,
        contracts={**definitions.contracts, "backlog": sparse},
        metrics={**definitions.metrics, "backlog_open": metric},
    )
    return replace(runtime, definitions=changed)
