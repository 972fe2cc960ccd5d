"""One event that may explain many signals: the five rules and which of them goes first."""

import pytest

from callboard.services.signalling.causes import EVERY, Begun, Cause, Known, Noted, causes_of
from callboard.views.signalling import CauseKind
from metrics.signals import Signal

BEHIND = {"counter": ("depot", "training"), "depot": ("it",)}


def begun(touchpoint: str, metric: str, at: int, signal: Signal = Signal.CONCERN) -> Begun:
    return Begun(touchpoint=touchpoint, metric=metric, signal=signal, at=at)


def found(
    *signals: Begun,
    breaks: tuple[Known, ...] = (),
    annotations: tuple[Noted, ...] = (),
    asides: tuple[Noted, ...] = (),
) -> tuple[Cause | None, ...]:
    return causes_of(
        signals, breaks=breaks, annotations=annotations, asides=asides, depends_on=BEHIND
    )


def noted(number: int, touchpoint: str, at: int, metric: str = EVERY) -> Noted:
    return Noted(number=number, touchpoint=touchpoint, metric=metric, at=at)


@pytest.mark.parametrize(("at", "is_near"), [(8, False), (9, True), (11, True), (12, False)])
def test_a_break_explains_what_began_at_most_a_period_away(at: int, is_near: bool) -> None:
    one = Known(number=3, touchpoint="counter", at=at)
    (cause,) = found(begun("counter", "csat", 10, Signal.IMPROVEMENT), breaks=(one,))
    expected = Cause(kind=CauseKind.BREAK, touchpoint="counter", at=at, number=3)
    assert (expected if is_near else None) == cause


def test_a_break_elsewhere_explains_nothing_and_of_two_the_nearest_does() -> None:
    signal = begun("counter", "csat", 10)
    elsewhere = Known(number=1, touchpoint="depot", at=10)
    assert (None,) == found(signal, breaks=(elsewhere,))
    two = (
        Known(number=2, touchpoint="counter", at=9),
        Known(number=4, touchpoint="counter", at=10),
    )
    (cause,) = found(signal, breaks=two)
    assert cause is not None
    assert 4 == cause.number


@pytest.mark.parametrize(("at", "is_near"), [(8, False), (9, True), (10, True), (11, False)])
def test_an_annotation_explains_what_began_with_it_or_a_period_after(
    at: int, is_near: bool
) -> None:
    signal = begun("counter", "csat", 10, Signal.IMPROVEMENT)
    (cause,) = found(signal, annotations=(noted(3, "counter", at),))
    expected = Cause(kind=CauseKind.ANNOTATION, touchpoint="counter", at=at, number=3)
    assert (expected if is_near else None) == cause


def test_an_annotation_explains_only_what_it_is_about_the_narrowest_first() -> None:
    everywhere = noted(9, EVERY, 10)
    signals = (begun("counter", "csat", 10), begun("training", "x", 10), begun("it", "x", 11))
    others = (noted(1, "counter", 10, "wait"), noted(2, "counter", 10), noted(3, "counter", 9))
    numbers = [each and each.number for each in found(*signals, annotations=(everywhere, *others))]
    assert [2, 9, 9] == numbers
    assert (None,) == found(signals[0], annotations=others[:1])


@pytest.mark.parametrize(("at", "is_behind"), [(5, False), (6, True), (10, True), (11, False)])
def test_a_concern_behind_may_explain_what_began_up_to_four_periods_later(
    at: int, is_behind: bool
) -> None:
    front, _ = found(begun("counter", "csat", 10), begun("depot", "backlog", at))
    expected = Cause(kind=CauseKind.SERVICE, touchpoint="depot", at=at)
    assert (expected if is_behind else None) == front


def test_an_improvement_is_neither_explained_by_a_concern_behind_nor_explains_one() -> None:
    assert (None, None) == found(
        begun("counter", "csat", 10, Signal.IMPROVEMENT), begun("depot", "backlog", 10)
    )
    assert (None, None) == found(
        begun("counter", "csat", 10), begun("depot", "backlog", 10, Signal.IMPROVEMENT)
    )


def test_of_several_concerns_behind_the_latest_is_taken_then_the_service_named_first() -> None:
    front, *_ = found(
        begun("counter", "csat", 10), begun("training", "x", 9), begun("depot", "y", 8)
    )
    assert ("training", 9) == (front and front.touchpoint, front and front.at)
    front, *_ = found(
        begun("counter", "csat", 10), begun("training", "x", 9), begun("depot", "y", 9)
    )
    assert "depot" == (front and front.touchpoint)


def test_metrics_of_one_touchpoint_that_began_together_belong_together() -> None:
    causes = found(
        begun("counter", "csat", 10, Signal.IMPROVEMENT),
        begun("counter", "nps", 10, Signal.CONCERN),
        begun("counter", "wait", 9),
        begun("training", "x", 10, Signal.IMPROVEMENT),
    )
    together = Cause(kind=CauseKind.TOGETHER, touchpoint="counter", at=10)
    assert (together, together, None, None) == causes


def test_a_break_goes_first_then_an_annotation_a_service_and_what_began_together() -> None:
    signals = (begun("counter", "csat", 10), begun("counter", "nps", 10), begun("depot", "b", 9))
    kinds = [cause and cause.kind for cause in found(*signals)]
    assert [CauseKind.SERVICE, CauseKind.SERVICE, None] == kinds
    told = (noted(5, "counter", 10, "nps"),)
    kinds = [cause and cause.kind for cause in found(*signals, annotations=told)]
    assert [CauseKind.SERVICE, CauseKind.ANNOTATION, None] == kinds
    kinds = [cause and cause.kind for cause in found(*signals, annotations=told, asides=told)]
    assert [CauseKind.SERVICE, CauseKind.ASIDE, None] == kinds
    one = Known(number=3, touchpoint="counter", at=10)
    kinds = [cause and cause.kind for cause in found(*signals, breaks=(one,), annotations=told)]
    assert [CauseKind.BREAK, CauseKind.BREAK, None] == kinds
