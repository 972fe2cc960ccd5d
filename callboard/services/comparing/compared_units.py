"""The units of a comparison: each one's sums over the same whole periods, or why it has none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from callboard import figures
from callboard.services.comparing.own_values import parts_at
from callboard.services.defining.definitions import Definitions
from callboard.services.readings.coverage import Coverages
from callboard.services.readings.series import ReadingTable
from metrics.calendar import Period
from metrics.model import Metric
from metrics.value import Parts, is_shown, merge_days, merge_segments, value_of

LEFTOVERS = ("other", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A touchpoint or a segment: its sums over the span, and its value in each period of the run.

    `touchpoint` is "" where the readings of several are taken together.
    """

    code: str
    name: str
    touchpoint: str
    parts: Parts
    value: float
    run: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The units that may be shown, and the names of the others with the reason."""

    units: tuple[Unit, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The whole periods that are compared, oldest first, and those that the runs go back to."""

    compared: tuple[Period, ...]
    run: tuple[Period, ...]

    @property
    def columns(self) -> slice:
        """Where the compared periods stand among those of the run."""
        return slice(len(self.run) - len(self.compared), len(self.run))


def find_units(
    table: ReadingTable,
    definitions: Definitions,
    metric: Metric,
    *,
    span: Span,
    coverages: Coverages,
) -> Found:
    """Return the units of a table over the periods of `span`, which are those of the table."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(table.keys):
        rows[key.segment or key.touchpoint].append(row)
    units: list[Unit] = []
    left_out: list[tuple[str, str]] = []
    withheld: dict[str, float] = {}
    for code, mine in rows.items():
        name = _name(definitions, table, code, mine)
        parts = _parts(table, metric, mine, span.columns)
        value = value_of(metric, parts)
        reason = _why_not(table, metric, (code, mine), parts=parts, span=span, coverages=coverages)
        if reason or value is None:
            left_out.append((name, reason or "no activity in these days"))
            withheld[code] = parts.n
            continue
        places = {table.keys[row].touchpoint for row in mine}
        unit = Unit(
            code=code,
            name=name,
            touchpoint=places.pop() if len(places) == 1 else "",
            parts=parts,
            value=value,
            run=_run(table, metric, mine),
        )
        units.append(unit)
    is_cut = any(key.segment for key in table.keys)
    if is_cut and len(units) > 1 and _is_given_away(metric, withheld):
        units, left_out = _without_one(metric, units, left_out)
    return Found(units=tuple(units), left_out=tuple(sorted(left_out)))


def _name(definitions: Definitions, table: ReadingTable, code: str, rows: Sequence[int]) -> str:
    is_segment = bool(table.keys[rows[0]].segment)
    return code if is_segment else definitions.touchpoints[code].name


def _parts(table: ReadingTable, metric: Metric, rows: Sequence[int], columns: slice) -> Parts:
    """The sums of some series over some periods, taken as one."""
    return merge_segments(
        metric,
        [
            merge_days(
                metric,
                [
                    parts_at(table, row, column)
                    for column in range(columns.start, columns.stop)
                    if not np.isnan(table.n[row, column])
                ],
            )
            for row in rows
        ],
    )


def _run(table: ReadingTable, metric: Metric, rows: Sequence[int]) -> tuple[float | None, ...]:
    """The value in each period, None where it may not be shown or judged."""
    if len(rows) == 1:
        sound = table.sound()[rows[0]].tolist()
        return tuple(None if np.isnan(value) else value for value in sound)
    run: list[float | None] = []
    for column in range(len(table.axis)):
        parts = _parts(table, metric, rows, slice(column, column + 1))
        is_whole = bool(table.is_complete[list(rows), column].all())
        shown = parts.n > 0 and is_whole and is_shown(metric, parts.n)
        run.append(value_of(metric, parts) if shown else None)
    return tuple(run)


def _why_not(
    table: ReadingTable,
    metric: Metric,
    of: tuple[str, Sequence[int]],
    *,
    parts: Parts,
    span: Span,
    coverages: Coverages,
) -> str:
    """Why a unit may not be compared; nothing where it may."""
    code, rows = of
    is_segment = bool(table.keys[rows[0]].segment)
    if is_segment and code in LEFTOVERS:
        return "not one of them, but what is left over"
    covered = [coverages.of(metric, table.keys[row].touchpoint) for row in rows]
    first, last = max(each.first for each in covered), min(each.last for each in covered)
    if first > span.compared[0].start:
        return f"its readings begin on {figures.format_day(first)} only"
    if last < span.compared[-1].end:
        return f"its readings reach {figures.format_day(last)} only"
    if np.isnan(table.n[list(rows), span.columns]).all():
        return "no readings in these days"
    if not is_shown(metric, parts.n):
        return f"too few cases: {parts.n:g} of at least {metric.min_n}"
    return ""


def _is_given_away(metric: Metric, withheld: Mapping[str, float]) -> bool:
    """Whether what is left of the whole beside the units shown are too few cases to be known."""
    has_few = any(name not in LEFTOVERS for name in withheld)
    return has_few and 0 < sum(withheld.values()) < metric.min_n


def _without_one(
    metric: Metric, units: Sequence[Unit], left_out: Sequence[tuple[str, str]]
) -> tuple[list[Unit], list[tuple[str, str]]]:
    """Hide one more segment: the sums of the whole are shown elsewhere, and the rest is too few.

    Of the smaller half the one nearest to the whole goes: it is missed the least.
    """
    whole = value_of(metric, merge_segments(metric, [unit.parts for unit in units])) or 0.0
    smaller = sorted(units, key=lambda unit: (unit.parts.n, unit.name))[: (len(units) + 1) // 2]
    other = min(smaller, key=lambda unit: abs(unit.value - whole))
    kept = [unit for unit in units if unit is not other]
    return kept, [*left_out, (other.name, "else those with too few could be worked out")]
