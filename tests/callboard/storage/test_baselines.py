from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from callboard.errors import CallboardError
from callboard.storage.audit import verify_audit
from callboard.storage.baseline_tables import series_baseline, series_baseline_act
from callboard.storage.baselines import (
    SeriesBaseline,
    add_baseline,
    read_baselines,
    read_laid,
    restore_baseline,
    withdraw_baseline,
)
from callboard.storage.engine import snapshot, write
from callboard.storage.tables import audit
from metrics.chosen import BaselineUse

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NEW = SeriesBaseline(
    id=0,
    touchpoint="delivery",
    metric="otd",
    first=date(2026, 3, 2),
    last=date(2026, 6, 21),
    use=BaselineUse.ONLY,
    reason="Before the new depot",
    actor="ana",
    at=NOW,
    evidence="95.0 % over 16 weeks",
)


def approve(store: Engine, **changes) -> int:
    with write(store) as conn:
        return add_baseline(conn, replace(NEW, **changes))


def withdraw(store: Engine, number: int) -> None:
    with write(store) as conn:
        withdraw_baseline(conn, number, actor_id="bo", at=LATER, note="The depot closed")


def found(store: Engine) -> tuple[SeriesBaseline, ...]:
    with snapshot(store) as conn:
        return read_baselines(conn, scope=["delivery", "desk"])


@pytest.mark.parametrize("use", BaselineUse)
def test_an_approved_baseline_is_read_as_it_was_approved(store: Engine, use: BaselineUse) -> None:
    number = approve(store, use=use)
    (kept,) = found(store)
    assert replace(NEW, id=number, use=use) == replace(kept, acts=())
    assert use is kept.use
    assert kept.holds


def test_every_act_is_a_publication_with_a_row_in_the_audit_trail(store: Engine) -> None:
    number = approve(store)
    withdraw(store, number)
    with write(store) as conn:
        restore_baseline(conn, number, actor_id="ana", at=LATER)
    with snapshot(store) as conn:
        acts = conn.execute(select(audit.c.action, audit.c.actor, audit.c.detail)).all()
        assert () == verify_audit(conn)
    assert ["baseline", "withdraw_baseline", "restore_baseline"] == [act.action for act in acts]
    assert ["ana", "bo", "ana"] == [act.actor for act in acts]
    told = "only 2026-03-02 to 2026-06-21 for otd at delivery: Before the new depot"
    assert told in acts[0].detail
    assert "The depot closed" in acts[1].detail


def test_only_those_that_hold_are_laid_oldest_first(store: Engine) -> None:
    later = approve(store, first=date(2026, 7, 6), use=BaselineUse.ASIDE)
    approve(store)
    withdrawn = approve(store, metric="csat")
    withdraw(store, withdrawn)
    with snapshot(store) as conn:
        laid = read_laid(conn, scope=["delivery"], metrics=["otd", "csat"])
    assert [("delivery", "otd")] == list(laid)
    assert [BaselineUse.ONLY, BaselineUse.ASIDE] == [each.use for each in laid["delivery", "otd"]]
    assert later == laid["delivery", "otd"][1].id


def test_what_cannot_be_done_twice_is_refused(store: Engine) -> None:
    number = approve(store)
    with pytest.raises(CallboardError, match="Baseline 1 holds already"), write(store) as conn:
        restore_baseline(conn, number, actor_id="ana", at=LATER)
    withdraw(store, number)
    with pytest.raises(CallboardError, match="Baseline 1 is withdrawn already"):
        withdraw(store, number)
    with pytest.raises(CallboardError, match="no baseline 7"):
        withdraw(store, 7)


@pytest.mark.parametrize("table", [series_baseline, series_baseline_act], ids=lambda e: e.name)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_can_be_changed_or_thrown_away(store: Engine, table, verb: str) -> None:
    approve(store)
    change = update(table).values(actor="nobody") if verb == "update" else delete(table)
    with pytest.raises(DatabaseError, match="insert-only"), store.begin() as conn:
        conn.execute(change)
    assert "ana" == found(store)[0].actor
