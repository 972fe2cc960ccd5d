"""A benchmark file judged row by row in plain Python: slow, small, and written apart.

Knows files of the cells below only: no dates but ISO days, no number but plain ones.
"""

from collections import defaultdict
from datetime import date

from tests.data_contracts.benchmarks.files import COMPETITORS, KNOWN

LAST_DAY = date(2026, 11, 23)
UNITS = {"percent": "percent", "%": "percent", "seconds": "seconds", "min": "minutes"}
METRICS = {"abandon": "percent", "drop rate": "percent", "fcr": "percent", "asa": "seconds"}
CODES = {"drop rate": "abandon"}
SAME_AS = {name.casefold(): name for name in COMPETITORS} | {"acme stores ltd": "Acme"}
Row = dict[str, str]
Told = tuple[object, ...]


def verdicts(rows: list[Row]) -> list[str]:
    """`published`, `quarantined` or `collapsed` for each row."""
    told = [_read(row) for row in rows]
    good = [at for at, each in enumerate(told) if each is not None]
    good = _without_shares(told, good)
    copies = {at for place, at in enumerate(good) if any(told[at] == told[b] for b in good[:place])}
    left = [at for at in good if at not in copies]
    by_key: dict[Told, list[int]] = defaultdict(list)
    for at in left:
        by_key[_key(told[at])].append(at)
    single = [at for at in left if len(by_key[_key(told[at])]) == 1]
    clash = {
        at for at in single for other in single if at != other and _clash(told[at], told[other])
    }
    published = set(single) - clash
    return [
        "published" if at in published else "collapsed" if at in copies else "quarantined"
        for at in range(len(rows))
    ]


def _read(row: Row) -> Told | None:
    metric, entity = row["kpi_code"].casefold(), row["entity"].casefold()
    unit = UNITS.get(row["unit"])
    start, end, value = _day(row["period_start"]), _day(row["period_end"]), row["value"]
    if metric not in METRICS or unit is None or entity not in SAME_AS:
        return None
    if (METRICS[metric] == "percent") != (unit == "percent") or not value or not row["source_name"]:
        return None
    number = float(value)
    if number < 0 or (unit == "percent" and number > 100):
        return None
    if start == "bad" or not isinstance(end, date) or end > LAST_DAY:
        return None
    if isinstance(start, date) and start > end:
        return None
    return (
        CODES.get(metric, metric),
        SAME_AS[entity],
        row["source_name"],
        start,
        end,
        number,
        unit,
    )


def _day(word: str) -> date | str:
    try:
        return date.fromisoformat(word) if word else ""
    except ValueError:
        return "bad"


def _key(told: Told | None) -> Told:
    assert told is not None
    return told[:5]


def _clash(one: Told | None, other: Told | None) -> bool:
    """Whether two periods of one subject overlap, none of them a part half as long or shorter."""
    assert one is not None
    assert other is not None
    (start, end), (begin, last) = one[3:5], other[3:5]
    if one[:3] != other[:3] or not (isinstance(start, date) and isinstance(begin, date)):
        return False
    assert isinstance(end, date)
    assert isinstance(last, date)
    if start > last or begin > end:
        return False
    lengths = sorted([(end - start).days + 1, (last - begin).days + 1])
    is_inside = (start <= begin and last <= end) or (begin <= start and end <= last)
    return not (is_inside and lengths[1] >= 2 * lengths[0])


def _without_shares(told: list[Told | None], good: list[int]) -> list[int]:
    """Without the values up to 1 that a factor of 20 parts from their metric's others."""
    odd: set[int] = set()
    for metric in {each.code for each in KNOWN.metrics}:
        own = {
            at: row[5]
            for at in good
            if (row := told[at]) and (row[0], row[6]) == (metric, "percent")
        }
        small = {at: v for at, v in own.items() if isinstance(v, float) and 0 < v <= 1}
        large = [v for v in own.values() if isinstance(v, float) and v > 1]
        if small and large and min(large) >= 20 * max(small.values()):
            odd |= small.keys()
    return [at for at in good if at not in odd]
