"""Which periods each publisher's current values cover, and what was done about their renewal."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from callboard.storage.benchmark_tables import benchmark, benchmark_current
from callboard.storage.upkeep_tables import renewal_act


class RenewalChoice(StrEnum):
    """What somebody said of a reminder: looked, later, never, or as before."""

    DONE = "done"
    SNOOZED = "snoozed"
    STOPPED = "stopped"
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A period that a publisher's values of a metric cover; `publisher` may be empty."""

    publisher: str
    source_name: str
    metric: str
    touchpoint: str
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalAct:
    """What was done about a publisher's metric; `until` is the day a reminder sleeps to."""

    publisher: str
    metric: str
    act: RenewalChoice
    actor: str
    at: datetime
    until: date | None = None
    note: str = ""


def read_covered(conn: Connection) -> tuple[Covered, ...]:
    """The periods of the values that count now, each once."""
    told = benchmark.c
    chosen = (
        select(told.publisher, told.source_name, told.metric, told.touchpoint, told.period_end)
        .join(benchmark_current, benchmark_current.c.benchmark_id == told.id)
        .distinct()
        .order_by(told.period_end)
    )
    return tuple(
        Covered(publisher=publisher, source_name=source, metric=metric, touchpoint=place, end=end)
        for publisher, source, metric, place, end in conn.execute(chosen)
    )


def add_renewal_act(conn: Connection, new: RenewalAct) -> None:
    """Keep what was done."""
    conn.execute(renewal_act.insert().values(**asdict(new) | {"act": new.act.value}))


def read_renewal_acts(conn: Connection) -> dict[tuple[str, str], RenewalAct]:
    """The latest act on each publisher's metric."""
    columns = [renewal_act.c[name] for name in RenewalAct.__dataclass_fields__]
    found: dict[tuple[str, str], RenewalAct] = {}
    for row in conn.execute(select(*columns).order_by(renewal_act.c.id)):
        told = RenewalAct(**dict(row._mapping) | {"act": RenewalChoice(row.act)})
        found[told.publisher, told.metric] = told
    return found
