"""Alerts that stand: which rule has gone off where, in which period, and in what words."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, select

from callboard.storage.alert_tables import alert_standing
from callboard.storage.upsert import upsert

AlertKey = tuple[str, str, str]
"""Rule, touchpoint, metric."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAlert:
    """A rule that has gone off for a metric at a touchpoint, in the period that begins so."""

    alert: str
    touchpoint: str
    metric: str
    period: date
    since: datetime
    sentence: str

    @property
    def key(self) -> AlertKey:
        """What it is of; one of a kind stands at a time."""
        return self.alert, self.touchpoint, self.metric


def read_standing(conn: Connection) -> dict[AlertKey, StandingAlert]:
    """Every alert that stands."""
    rows = conn.execute(select(alert_standing).order_by(*alert_standing.primary_key.columns))
    found = (StandingAlert(**row._mapping) for row in rows)
    return {each.key: each for each in found}


def raise_alert(conn: Connection, new: StandingAlert) -> None:
    """Let an alert stand."""
    upsert(conn, alert_standing, [asdict(new)])


def clear_alerts(conn: Connection, keys: Collection[AlertKey]) -> None:
    """Let these stand no more."""
    for alert, touchpoint, metric in keys:
        is_it = and_(
            alert_standing.c.alert == alert,
            alert_standing.c.touchpoint == touchpoint,
            alert_standing.c.metric == metric,
        )
        conn.execute(delete(alert_standing).where(is_it))
