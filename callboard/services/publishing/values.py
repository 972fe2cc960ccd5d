"""The benchmark values that count now, as rows for other programs, each with its passport."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from callboard.access import Actor
from callboard.services.comparing.comparability import judge_benchmark
from callboard.services.naming.holding import aliases_of, as_it_stands
from callboard.services.naming.renaming import as_named_now
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.benchmark_origins import Origin, read_origins
from callboard.storage.benchmarks import BenchmarkRow, read_current
from callboard.storage.engine import snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValue:
    """One value that counts now, its fields in the order of the columns; in the unit beside it.

    `grade` and `grade_reasons` say how far it compares with ours, and are empty of a metric that
    is off.
    """

    metric: str
    entity: str
    entity_type: str
    statistic: str
    value: float
    unit: str
    per: float | None
    base: str
    period_start: date | None
    period_end: date
    grade: str
    grade_reasons: str
    region: str
    industry: str
    segment: str
    touchpoint: str
    numerator: float | None
    denominator: float | None
    sample_size: int | None
    sample_unit: str
    method: str
    clock: str
    population: str
    definition_version: str
    published_on: date | None
    retrieved_on: date | None
    as_of: date | None
    source_name: str
    source_url: str
    document: str
    publisher: str
    licence: str
    note: str
    submission_id: int
    imported_by: str
    imported_at: datetime | None
    file_name: str
    file_sha256: str


COLUMNS = tuple(PublishedValue.__dataclass_fields__)
_OF_THE_ROW = tuple(each.name for each in fields(BenchmarkRow) if each.name in COLUMNS)


def list_values(runtime: Runtime, actor: Actor, *, metric: str = "") -> tuple[PublishedValue, ...]:
    """Return the values of one metric, or of all, by metric, entity and end of period.

    Each is of the entity that its name stands for on its period's last day. Values of touchpoints
    outside the actor's scope are left out; NotAllowed for a metric there is not.
    """
    scope = open_scope(runtime, actor)
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        runtime = as_it_stands(runtime, connection)
        current = read_current(connection, metrics=codes)
        rows = [
            row
            for row in as_named_now(current, aliases_of(runtime, connection))
            if not row.touchpoint or row.touchpoint in scope.touchpoints
        ]
        origins = read_origins(connection, {row.submission_id for row in rows})
    return tuple(_value(runtime, row, origins[row.submission_id]) for row in rows)


def _value(runtime: Runtime, row: BenchmarkRow, origin: Origin) -> PublishedValue:
    grade, reasons = _graded(runtime, row)
    return PublishedValue(
        **{name: getattr(row, name) for name in _OF_THE_ROW},
        grade=grade,
        grade_reasons=reasons,
        imported_by=origin.actor,
        imported_at=origin.at,
        file_name=origin.file_name,
        file_sha256=origin.sha256,
    )


def _graded(runtime: Runtime, row: BenchmarkRow) -> tuple[str, str]:
    """The grade and what speaks against a better one."""
    if row.metric not in runtime.definitions.metrics:
        return "", ""
    today = runtime.clock.today(runtime.workspace.time_zone)
    graded = judge_benchmark(row, runtime.definitions, today=today).graded
    return graded.grade.value, graded.words
