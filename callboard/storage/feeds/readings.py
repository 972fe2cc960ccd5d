"""Sums of a scan -> rows the store keeps: readings, hours, and the sides of two-feed metrics."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from callboard.storage.feeds.metric_sql import SMALL
from callboard.storage.feeds.question import is_told_apart
from callboard.storage.feeds.recipes import Measure, Share
from callboard.storage.feeds.scan_plan import Plan
from callboard.storage.feeds.scan_sums import WHOLE, Sums
from callboard.storage.hours import HourRow
from callboard.storage.parts import PartRow
from callboard.storage.readings import ReadingRow
from metrics.model import Form


class Parts(NamedTuple):
    """The stored parts of one metric; None where its form has no such part."""

    numerator: float | None
    denominator: float | None
    n: int
    sumsq: float | None
    sketch: str | None


_SMALL = int(SMALL)
Make = Callable[[Sequence[Any]], Parts | None]


def readings(plan: Plan, sums: Iterable[Sums]) -> Iterator[ReadingRow]:
    """A reading of every metric that reads this feed alone, wherever there is something to say."""
    makers = _makers(plan)
    for arm, day, touchpoint, segment, values in sums:
        dimension = "" if arm == WHOLE else plan.dimensions[arm]
        for code, arms, make in makers:
            if arm in arms and (parts := make(values)) is not None:
                yield ReadingRow(touchpoint, code, dimension, segment, day, *parts)


def hours(plan: Plan, sums: Iterable[Sums]) -> Iterator[HourRow]:
    """The same by hour, from a plan whose segments are hours."""
    makers = _makers(plan)
    for arm, day, touchpoint, hour, values in sums:
        if arm == WHOLE or not isinstance(hour, int):
            continue
        for code, _, make in makers:
            if (parts := make(values)) is not None:
                yield HourRow(touchpoint, code, day, hour, *parts)


def sides(plan: Plan, share: Share, wholes: Iterable[Sums]) -> Iterator[PartRow]:
    """One side of a two-feed metric."""
    amount = share.recipe.numerator
    assert amount is not None
    places = {measure: place for place, measure in enumerate(plan.measures)}
    at, n_at = places[amount], places[share.recipe.n]
    for _, day, touchpoint, _, values in wholes:
        yield PartRow(touchpoint, "", "", day, _settled(values[at]), values[n_at])


def _makers(plan: Plan) -> list[tuple[str, frozenset[int], Make]]:
    places = {measure: place for place, measure in enumerate(plan.measures)}
    return [
        (share.metric.code, _arms(plan, share), _maker(share, places))
        for share in plan.shares
        if not share.part
    ]


def _arms(plan: Plan, share: Share) -> frozenset[int]:
    told = (i for i, name in enumerate(plan.dimensions) if is_told_apart(share.metric, name))
    return frozenset({WHOLE, *told})


def _maker(share: Share, places: dict[Measure, int]) -> Make:
    recipe, form = share.recipe, share.metric.form
    n_at = places[recipe.n]
    if form is Form.PERCENTILE:
        assert recipe.sketch is not None
        open_at = places[recipe.open] if recipe.open else None
        return _percentile(n_at, places[recipe.sketch], open_at)
    assert recipe.numerator is not None
    at = places[recipe.numerator]
    if form is Form.COUNT:
        return _count(at, n_at)
    assert recipe.denominator is not None
    below = places[recipe.denominator]
    if form is Form.NET_SCORE:
        assert recipe.less is not None
        return _net_score(at, places[recipe.less], n_at)
    squares_at = places[recipe.squares] if recipe.squares else None
    return _fraction(at, below, n_at, squares_at)


def _fraction(at: int, below: int, n_at: int, squares_at: int | None) -> Make:
    def make(values: Sequence[Any]) -> Parts | None:
        n, numerator = values[n_at], values[at]
        if not n and not numerator:
            return None
        squares = None if squares_at is None else _settled(values[squares_at])
        return Parts(_settled(numerator), _settled(values[below]), n, squares, None)

    return make


def _count(at: int, n_at: int) -> Make:
    """Nothing counted is a count too: the touchpoint has rows that day, if none of these."""

    def make(values: Sequence[Any]) -> Parts | None:
        return Parts(_settled(values[at]), None, values[n_at], None, None)

    return make


def _net_score(promoters_at: int, detractors_at: int, n_at: int) -> Make:
    def make(values: Sequence[Any]) -> Parts | None:
        n, promoters, detractors = values[n_at], values[promoters_at], values[detractors_at]
        if not n:
            return None
        return Parts(promoters - detractors, n, n, promoters + detractors, None)

    return make


def _percentile(n_at: int, sketch_at: int, open_at: int | None) -> Make:
    """A day whose cases are all open still has a reading: a sketch of nothing."""

    def make(values: Sequence[Any]) -> Parts | None:
        n = values[n_at]
        begun = None if open_at is None else n + values[open_at]
        if not n and not begun:
            return None
        return Parts(None, begun, n, None, sketch_text(values[sketch_at] or ""))

    return make


def sketch_text(buckets: str) -> str:
    """`Sketch.to_json` of values whose bucket numbers are joined by commas."""
    numbers = orjson.loads(f"[{buckets}]")
    numbers.sort()
    counts = Counter(numbers)  # in the order in which the buckets come
    told = {"z": counts.pop(_SMALL, 0), "b": counts}
    return orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS).decode()


def _settled(value: float | None) -> float:
    """A sum without its last digits, which depend on the order a database adds in; 0 for none."""
    if type(value) is int:
        return value
    return float(f"{value:.12g}") if value else 0.0
