"""The benchmark values that count now, as rows for other programs, each with its passport."""

from dataclasses import dataclass
from datetime import date

from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValue:
    """One value that counts now, its fields in the order of the columns; in the unit beside it."""

    metric: str
    entity: str
    entity_type: str
    statistic: str
    value: float
    unit: str
    per: float | None
    period_start: date | None
    period_end: date
    region: str
    touchpoint: str
    numerator: float | None
    denominator: float | None
    sample_size: int | None
    sample_unit: str
    as_of: date | None
    source_name: str
    publisher: str
    licence: str
    submission_id: int


COLUMNS = tuple(PublishedValue.__dataclass_fields__)


def list_values(runtime: Runtime, actor: Actor, *, metric: str = "") -> tuple[PublishedValue, ...]:
    """Return the values of one metric, or of all, by metric, entity and end of period.

    Values of touchpoints outside the actor's scope are left out; NotAllowed for a metric there is
    not.
    """
    scope = open_scope(runtime, actor)
    codes = [require_metric(runtime, metric).code] if metric else None
    with snapshot(runtime.store) as connection:
        rows = read_current(connection, metrics=codes)
    return tuple(
        PublishedValue(**{name: getattr(row, name) for name in COLUMNS})
        for row in rows
        if not row.touchpoint or row.touchpoint in scope.touchpoints
    )
