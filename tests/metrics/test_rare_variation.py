"""Rare events told at the last day: gaps by hand, and the running one that ends or makes a run."""

from datetime import date, timedelta

import pytest

from metrics.calendar import calendar_for
from metrics.limits import Chart, Footing
from metrics.model import Better, Grain
from metrics.rare_events import Gaps, judge_cases, judge_days
from metrics.rare_variation import rare_variation
from metrics.rare_words import amount
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation, verdict_sentence

USUAL = (12.0, 30.0, 7.0, 22.0, 3.0, 41.0, 18.0, 9.0, 26.0, 15.0, 33.0, 5.0)
CLUSTER = (2.0,) * 7
AS_OF = date(2026, 11, 15)


def told(lengths, *, running=5.0, better=Better.LOWER, judge=judge_days, **more) -> Variation:
    """The variation of gaps that ended `running` days before `AS_OF`."""
    last = AS_OF - timedelta(days=int(running or 0))
    days = [last]
    for length in reversed(lengths):
        days.insert(0, days[0] - timedelta(days=int(length)))
    gaps = Gaps(lengths=tuple(lengths), ends=tuple(days[1:]), running=running, first=days[0])
    return rare_variation(judge(gaps, better=better), better=better, as_of=AS_OF, **more)


def sentence(variation: Variation) -> str:
    return verdict_sentence(
        variation,
        assurance=Assurance(promise=Promise.NONE, target=4.0, is_trial=False),
        standing=None,
        period=calendar_for(Grain.WEEK).period_of(AS_OF),
        target_text="4.0",
    )


def test_nothing_unusual_is_steady_with_what_is_usual():
    assert "Steady: usually 15 days apart, 5 days since the last" == sentence(told(USUAL))


def test_the_usual_of_cases_is_a_mean():
    variation = told(USUAL, judge=judge_cases, running=240.0)
    assert Signal.IMPROVEMENT is variation.signal
    assert "Better than usual: 240 cases since the last, on average 18" == sentence(variation)


@pytest.mark.parametrize(
    ("better", "signal", "words"),
    [
        (Better.LOWER, Signal.CONCERN, "Worse than usual"),
        (Better.HIGHER, Signal.IMPROVEMENT, "Better than usual"),
        (Better.NEUTRAL, Signal.HIGH, "More than usual"),
        (Better.BAND, Signal.HIGH, "More than usual"),
    ],
)
def test_a_cluster_is_told_from_the_event_it_began_with(better, signal, words):
    """Seven gaps of 2 days to 14 Nov, and the one of 5 before them: all eight below usual."""
    variation = told((*USUAL, *CLUSTER), running=1.0, better=better)
    assert (signal, date(2026, 10, 26)) == (variation.signal, variation.since)
    assert f"{words} since Mon 26 Oct: events come closer together" == sentence(variation)


def test_a_cluster_is_over_once_the_running_gap_is_longer_than_usual():
    assert Signal.NONE is told((*USUAL, *CLUSTER), running=20.0).signal


def test_a_cluster_goes_on_while_days_since_are_not_known():
    assert Signal.CONCERN is told((*USUAL, *CLUSTER), running=None).signal


@pytest.mark.parametrize(
    ("better", "signal", "words"),
    [
        (Better.LOWER, Signal.IMPROVEMENT, "Better than usual"),
        (Better.HIGHER, Signal.CONCERN, "Worse than usual"),
        (Better.NEUTRAL, Signal.LOW, "Fewer than usual"),
    ],
)
def test_a_long_quiet_is_told_while_it_runs(better, signal, words):
    variation = told(USUAL, running=300.0, better=better)
    assert (signal, AS_OF - timedelta(days=300)) == (variation.signal, variation.since)
    assert f"{words}: 300 days since the last, usually 15" == sentence(variation)


def test_a_long_quiet_that_ended_is_told_from_its_beginning_until_the_next_event():
    variation = told((*USUAL, 300.0), running=10.0)
    assert (Rule.OUTSIDE_ABOVE, AS_OF - timedelta(days=310)) == (variation.rule, variation.since)
    assert "Better than usual since Fri 9 Jan: events are further apart" == sentence(variation)


def test_seven_gaps_are_too_few_events_and_eleven_are_on_trial():
    few, trial = told(USUAL[:7]), told(USUAL[:11])
    assert (Footing.NONE, Footing.TRIAL) == (few.footing, trial.footing)
    assert "Too few events to judge (7 of 8)" == sentence(few)
    assert sentence(trial).endswith(" (trial: 11 events of history)")


def test_a_break_is_told_with_what_is_too_few_after_it():
    variation = told(USUAL[:5], break_on=date(2026, 9, 7))
    assert "Too few events since the break in week 37 to judge (5 of 8)" == sentence(variation)


def test_without_an_event_there_is_nothing_to_judge():
    variation = rare_variation(
        judge_days(Gaps(), better=Better.LOWER), better=Better.LOWER, as_of=AS_OF
    )
    assert "Too few events to judge (0 of 8)" == sentence(variation)


@pytest.mark.parametrize(
    ("chart", "length", "text"),
    [
        (Chart.T, 1.0, "1 day"),
        (Chart.T, 2.43, "2.4 days"),
        (Chart.T, 12.4, "12 days"),
        (Chart.G, 1240.2, "1,240 cases"),
        (Chart.G, 4.5, "4 cases"),
    ],
)
def test_gaps_are_told_with_their_unit(chart, length, text):
    assert text == amount(chart, length)
