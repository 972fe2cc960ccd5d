"""What counts as a trade-off, worked through by hand."""

from datetime import date

import pytest

from metrics.signals import Signal
from metrics.trade_offs import Coincidence, Leg, trade_offs

TRADES = {"aht": ["reopen", "fcr"]}
SEP, OCT, NOV = date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 15)


def _leg(metric: str, signal: Signal, **changes: object) -> Leg:
    given = {"touchpoint": "desk", "since": OCT, "until": NOV} | changes
    return Leg(metric=metric, signal=signal, **given)  # type: ignore[arg-type]  # a shorthand


WORSE = _leg("reopen", Signal.CONCERN, since=SEP)


@pytest.mark.parametrize("signal", [Signal.IMPROVEMENT, Signal.HIGH, Signal.LOW])
def test_what_moved_beside_what_got_worse_is_told_from_the_later_day(signal: Signal) -> None:
    expected = [Coincidence(moved=1, worse=0, since=OCT)]
    assert expected == trade_offs([WORSE, _leg("aht", signal)], TRADES)


def test_either_of_the_two_may_be_the_one_that_got_worse() -> None:
    legs = [_leg("aht", Signal.CONCERN), _leg("fcr", Signal.IMPROVEMENT)]
    assert [Coincidence(moved=1, worse=0, since=OCT)] == trade_offs(legs, TRADES)


@pytest.mark.parametrize(
    "other",
    [
        _leg("aht", Signal.IMPROVEMENT, touchpoint="shop"),
        _leg("csat", Signal.IMPROVEMENT),
        _leg("aht", Signal.NONE),
        _leg("aht", Signal.CONCERN),
        _leg("aht", Signal.IMPROVEMENT, since=date(2026, 8, 3), until=date(2026, 9, 6)),
    ],
    ids=["elsewhere", "no pair", "steady", "worse too", "over before it began"],
)
def test_nothing_else_is_a_trade_off(other: Leg) -> None:
    assert [] == trade_offs([WORSE, other], TRADES)
