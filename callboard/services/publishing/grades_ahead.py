"""How far the values of a file would compare once published, and what would make it better."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from callboard.services.comparing.comparability import convert
from callboard.services.comparing.grading import grade_row
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.columns import distinct, rows_at
from callboard.storage.benchmarks import BenchmarkRow
from callboard.views import GradeAhead
from metrics.grades import Aspect, Grade, Graded

# What a grade rests on; rows alike in these are graded once.
_RESTS_ON = (
    *("metric", "statistic", "unit", "per", "base", "period_start", "period_end"),
    *("definition_version", "clock", "method", "population", "region", "segment"),
    *("sample_size", "denominator", "published_on", "as_of"),
)
# The parts of the passport that can be said for all rows, by what they settle.
_SAYABLE = {
    Aspect.CLOCK: ("clock", "the clock"),
    Aspect.METHOD: ("method", "the method"),
    Aspect.POPULATION: ("population", "the population"),
    Aspect.SAMPLE: ("sample_size", "the sample size"),
    Aspect.AGE: ("published_on", "the day of publication"),
}
_AS_OURS = frozenset((Aspect.CLOCK, Aspect.METHOD, Aspect.POPULATION))
_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Told:
    grade: Grade
    why: str
    advice: str


def grade_ahead(
    rows: "pa.Table", definitions: Definitions, *, today: date
) -> tuple[GradeAhead, ...]:
    """Return for each metric of a file how far its values would compare on the day `today`.

    That we have figures of exactly their days is taken as given.
    """
    if not rows.num_rows:
        return ()
    told: dict[str, Counter[_Told]] = defaultdict(Counter)
    codes, first = distinct(_known_or_not(rows), _RESTS_ON)
    counts = np.bincount(codes, minlength=len(first))
    for row, count in zip(rows_at(rows, first.tolist()), counts.tolist(), strict=True):
        told[row.metric][_judge(row, definitions, today=today)] += count
    return tuple(_of_metric(definitions.metrics[code].name, found) for code, found in told.items())


def _known_or_not(rows: "pa.Table") -> "pa.Table":
    """The rows with one number, and one day, for all that are known: only that counts."""
    for name in ("sample_size", "denominator"):
        column = rows[name]
        is_known = pc.and_(pc.is_valid(column), pc.not_equal(column, 0))
        rows = _put(rows, name, pc.if_else(is_known, 1, None))
    for name in ("published_on", "as_of"):
        rows = _put(rows, name, pc.if_else(pc.is_valid(rows[name]), _SOME_DAY, None))
    return rows


def _put(rows: "pa.Table", name: str, column: "pa.ChunkedArray") -> "pa.Table":
    at = rows.column_names.index(name)
    return rows.set_column(at, name, column.cast(rows[name].type))


def _judge(row: BenchmarkRow, definitions: Definitions, *, today: date) -> _Told:
    metric = definitions.metrics[row.metric]
    value = convert(row.value, unit=row.unit, per=row.per, metric=metric)
    graded = grade_row(row, metric, definitions.workspace, today=today, converts=value is not None)
    return _Told(
        grade=graded.grade,
        why=graded.against[0].words if graded.against else graded.words,
        advice=_advice(graded, row),
    )


def _advice(graded: Graded, row: BenchmarkRow) -> str:
    """Which parts of the passport would make it better, and how good it were then."""
    sayable = [
        each.aspect
        for each in graded.against
        if each.aspect in _SAYABLE and each.grade is Grade.B and _is_empty(row, each.aspect)
    ]
    best = graded.apart_from(*sayable)
    if best is graded.grade:
        return ""
    ours = [each for each in sayable if each in _AS_OURS]
    condition = f", if {_listed(ours)} {'are' if len(ours) > 1 else 'is'} as ours" if ours else ""
    return f"say {_listed(sayable)} to reach {best}{condition}"


def _listed(aspects: Sequence[Aspect]) -> str:
    *others, last = [_SAYABLE[each][1] for each in aspects]
    return f"{', '.join(others)} and {last}" if others else last


def _is_empty(row: BenchmarkRow, aspect: Aspect) -> bool:
    return not getattr(row, _SAYABLE[aspect][0])


def _of_metric(name: str, found: "Counter[_Told]") -> GradeAhead:
    grades: Counter[str] = Counter()
    for told, count in found.items():
        grades[told.grade.value] += count
    told = max(found, key=lambda each: (bool(each.advice), each.grade is not Grade.A, found[each]))
    return GradeAhead(
        metric=name,
        counts={each.value: grades[each.value] for each in Grade if grades[each.value]},
        grade=told.grade.value,
        why=told.why,
        advice=told.advice,
    )
