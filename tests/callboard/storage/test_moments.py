from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError

from callboard.storage.engine import snapshot, write
from callboard.storage.tables import publication

BERLIN = ZoneInfo("Europe/Berlin")


def keep(store: Engine, moment: datetime) -> datetime:
    row = {"number": 1, "at": moment, "kind": "refresh", "actor": "a", "note": ""}
    with write(store) as conn:
        conn.execute(publication.insert().values(**row))
    with snapshot(store) as conn:
        return conn.execute(select(publication.c.at)).scalar_one()


# In Berlin 02:30 stands twice on 25 October 2026: at 00:30 and at 01:30 UTC.
@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_an_hour_that_stands_twice_is_kept_as_the_one_meant(
    store: Engine, fold: int, hour: int
) -> None:
    moment = datetime(2026, 10, 25, 2, 30, 15, 123456, tzinfo=BERLIN, fold=fold)
    assert datetime(2026, 10, 25, hour, 30, 15, 123456, tzinfo=UTC) == keep(store, moment)


def test_what_comes_back_is_aware_and_in_utc(store: Engine) -> None:
    assert UTC == keep(store, datetime(2026, 1, 1, tzinfo=BERLIN)).tzinfo


def test_a_naive_moment_is_refused(store: Engine) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        keep(store, datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused
