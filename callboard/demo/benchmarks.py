"""Benchmark files of invented competitors, with invented publishers, in the canonical format."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from callboard.demo.canonical import BenchmarkFile, write_benchmark_file
from callboard.demo.dice import Dice
from callboard.demo.panels import OURSELVES, PANELS, Panel, Published

_PUBLISHED_AFTER = timedelta(days=18)
_LICENCE = "Invented for this example; free to use"


def make_benchmark_files(seed: int, last_day: date) -> tuple[BenchmarkFile, ...]:
    """Return one CSV file a publisher, with every period it had published by `last_day`."""
    return tuple(
        write_benchmark_file(f"{panel.file}.csv", _rows(panel, seed, last_day)) for panel in PANELS
    )


def _rows(panel: Panel, seed: int, last_day: date) -> Iterator[dict[str, object]]:
    for start, end in _periods(panel, last_day):
        for published in panel.metrics:
            dice = Dice(seed, f"{panel.file} {published.metric}", end)
            values = [
                _value(published, level, n, dice)
                for level, n in zip(published.levels, published.samples, strict=True)
            ]
            same = _same(panel, published, start, end)
            for entity, value in zip((*panel.entities, OURSELVES), values, strict=True):
                yield {**same, "entity": entity, **value}
            yield {**same, **_middle(panel, values[:-1])}


def _periods(panel: Panel, last_day: date) -> list[tuple[date, date]]:
    """The panel's periods that were published by `last_day`, oldest first."""
    latest = last_day - _PUBLISHED_AFTER
    month = latest.year * 12 + latest.month - 1
    month -= month % panel.months
    starts = [_first(month - panel.months * back) for back in range(panel.periods, 0, -1)]
    ends = [_first(month - panel.months * (back - 1)) for back in range(panel.periods, 0, -1)]
    return [(start, end - timedelta(days=1)) for start, end in zip(starts, ends, strict=True)]


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _same(panel: Panel, published: Published, start: date, end: date) -> dict[str, object]:
    """What all rows of a metric and period say alike: the passport."""
    return {
        "kpi_code": published.metric,
        "entity_type": "competitor",
        "statistic": "value",
        "unit": published.unit,
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "region": "Great Britain",
        "industry": "Household goods retail",
        "sample_unit": published.sample_unit,
        "method": panel.method,
        "clock": "calendar",
        "source_name": panel.source,
        "source_url": panel.url,
        "published_on": (end + _PUBLISHED_AFTER).isoformat(),
        "note": "Synthetic",
        "as_of": (end + timedelta(days=3)).isoformat(),
        "document": f"{panel.source}, {start:%B %Y}, table {published.table}",
        "licence": _LICENCE,
        "publisher": panel.publisher,
    }


def _value(published: Published, level: float, n: int, dice: Dice) -> dict[str, object]:
    """One entity's value; a percentage is the share of whole counts, so that it can be checked."""
    drawn = float(level * dice.wobble(1, published.spread)[0])
    if published.unit != "percent":
        return {"value": round(drawn, 2), "sample_size": n or ""}
    count = n or 1000
    met = round(count * min(drawn, 99.5) / 100)
    counts = {"numerator": met, "denominator": n, "sample_size": n} if n else {}
    return {"value": round(100 * met / count, 4), **counts}


def _middle(panel: Panel, values: list[dict[str, object]]) -> dict[str, object]:
    numbers = [float(str(each["value"])) for each in values]
    return {
        "entity": panel.group,
        "entity_type": "industry",
        "statistic": "median",
        "value": round(float(np.median(numbers)), 2),
        "sample_size": len(numbers),
        "sample_unit": "companies",
    }
