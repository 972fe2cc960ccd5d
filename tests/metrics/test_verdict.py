"""Target and peers beside history: the assurance, the order of concern, the sentence."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calendar import calendar_for
from metrics.concerns import concern, with_lost_year
from metrics.limits import Footing, Limits
from metrics.model import Better, Grain
from metrics.signals import Rule, Signal
from metrics.verdict import (
    Assurance,
    Promise,
    Standing,
    Variation,
    assure,
    verdict_sentence,
)

WEEK_46 = calendar_for(Grain.WEEK).period_of(date(2026, 11, 15))
WEEK_38 = date(2026, 9, 14)
NOBODY = None
PEERS = Standing(rank=2, peers=7, quartile=2, period_label="2025")


def limits(lower=70.0, upper=90.0, footing=Footing.FULL):
    return Limits(
        centre=(lower + upper) / 2,
        lower=lower,
        upper=upper,
        near_lower=None,
        near_upper=None,
        footing=footing,
        points=20,
        sigma=(upper - lower) / 6,
    )


def promise(better, target=None, band=None, **options):
    return assure(limits(**options), better=better, target=target, band=band).promise


def varying(signal=Signal.NONE, rule=Rule.NONE, since=None, **other):
    told = {"footing": Footing.FULL, "points_since": None, "points": 36} | other
    return Variation(signal=signal, rule=rule, since=since, **told)


def assured(kept, distance=None):
    return Assurance(promise=kept, target=80.0, is_trial=False, distance=distance)


def sentence(variation, assurance=None, standing=NOBODY, period=WEEK_46, **options):
    return verdict_sentence(
        variation,
        assurance=assurance or assured(Promise.NONE),
        standing=standing,
        period=period,
        **options,
    )


@pytest.mark.parametrize(
    ("better", "target", "expected"),
    [
        (Better.HIGHER, 90.1, Promise.NEVER),
        (Better.HIGHER, 90.0, Promise.SOMETIMES),
        (Better.HIGHER, 80.0, Promise.SOMETIMES),
        (Better.HIGHER, 70.0, Promise.SOMETIMES),
        (Better.HIGHER, 69.9, Promise.ALWAYS),
        (Better.LOWER, 90.1, Promise.ALWAYS),
        (Better.LOWER, 90.0, Promise.SOMETIMES),
        (Better.LOWER, 70.0, Promise.SOMETIMES),
        (Better.LOWER, 69.9, Promise.NEVER),
        (Better.NEUTRAL, 69.9, Promise.NONE),
        (Better.HIGHER, None, Promise.NONE),
    ],
)
def test_the_promise_is_read_off_the_process_limits(better, target, expected):
    assert expected == promise(better, target)


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        ((60.0, 95.0), Promise.ALWAYS),
        ((75.0, 95.0), Promise.SOMETIMES),
        ((75.0, 85.0), Promise.SOMETIMES),
        ((91.0, 95.0), Promise.NEVER),
        ((10.0, 69.0), Promise.NEVER),
    ],
)
def test_a_band_is_kept_always_when_the_limits_lie_inside_it(band, expected):
    assert expected == promise(Better.BAND, band=band)


def test_a_process_without_variation_keeps_the_target_it_is_on():
    assert Promise.ALWAYS == promise(Better.HIGHER, 80.0, lower=80.0, upper=80.0)
    assert Promise.NEVER == promise(Better.HIGHER, 80.1, lower=80.0, upper=80.0)


@pytest.mark.parametrize("footing", [Footing.NONE, Footing.GAPS])
def test_without_footing_there_is_no_assurance(footing):
    assert Promise.NONE == promise(Better.HIGHER, 60.0, footing=footing)


def test_trial_limits_make_a_trial_assurance():
    assert assure(limits(footing=Footing.TRIAL), better=Better.HIGHER, target=60.0).is_trial


@given(st.floats(50, 110))
def test_reversing_what_is_better_mirrors_the_promise(target):
    mirror = {Promise.ALWAYS: Promise.NEVER, Promise.NEVER: Promise.ALWAYS}
    higher, lower = promise(Better.HIGHER, target), promise(Better.LOWER, target)
    assert mirror.get(higher, higher) == lower


@pytest.mark.parametrize(
    ("target", "met", "expected"),
    [
        (90.1, (7, 36), Promise.NEVER),
        (90.1, (8, 36), Promise.SOMETIMES),
        (69.9, (29, 36), Promise.ALWAYS),
        (69.9, (28, 36), Promise.SOMETIMES),
        (90.1, (0, 0), Promise.NEVER),
    ],
)
def test_always_and_never_need_periods_that_bear_them_out(target, met, expected):
    found = assure(limits(), better=Better.HIGHER, target=target, met=met)
    assert expected is found.promise


def test_the_distance_counts_sigmas_on_the_good_side():
    assert 1.5 == pytest.approx(assure(limits(), better=Better.HIGHER, target=75.0).distance)
    assert -1.5 == pytest.approx(assure(limits(), better=Better.LOWER, target=75.0).distance)


def test_what_needs_a_look_comes_first():
    concerned = varying(Signal.CONCERN, Rule.SHIFT_BELOW, WEEK_38)
    kept = [Promise.NEVER, Promise.SOMETIMES, Promise.NONE, Promise.ALWAYS]
    no_data = (varying(Signal.NO_DATA), assured(Promise.NEVER))
    in_order = [
        *((concerned, assured(each)) for each in kept),
        (varying(), assured(Promise.NEVER)),
        no_data,
        *((varying(), assured(each)) for each in kept[1:]),
    ]
    scores = [concern(*each) for each in in_order]
    assert all(higher > lower for higher, lower in pairwise(scores)), scores


def test_an_improvement_needs_a_look_later_and_a_trial_concern_later_than_a_full_one():
    never = assured(Promise.NEVER)
    improving = varying(Signal.IMPROVEMENT, Rule.TREND_UP, WEEK_38)
    tried = varying(Signal.CONCERN, Rule.TREND_UP, WEEK_38, footing=Footing.TRIAL)
    full = varying(Signal.CONCERN, Rule.TREND_UP, WEEK_38)
    scores = [concern(each, never) for each in (full, tried, varying(), improving)]
    assert sorted(scores, reverse=True) == scores


def test_a_lost_year_needs_a_look_like_a_target_never_kept_and_a_better_one_later():
    improving = varying(Signal.IMPROVEMENT, Rule.TREND_UP, WEEK_38)
    lost = [(varying(), Promise.SOMETIMES), (varying(), Promise.NONE), (improving, Promise.ALWAYS)]
    scores = [with_lost_year(concern(each, assured(kept)), each) for each, kept in lost]
    never = concern(varying(), assured(Promise.NEVER))
    no_data = concern(varying(Signal.NO_DATA), assured(Promise.ALWAYS))
    in_order = [*scores[:2], never, scores[2], no_data]
    assert sorted(in_order, reverse=True) == in_order


def test_of_equals_the_one_further_behind_its_peers_comes_first():
    last = Standing(rank=7, peers=7, quartile=4, period_label="2025")
    steady = (varying(), assured(Promise.NONE))
    assert concern(*steady, last) > concern(*steady, PEERS) > concern(*steady)


@pytest.mark.parametrize(
    ("signal", "rule", "since", "expected"),
    [
        (Signal.IMPROVEMENT, Rule.TREND_DOWN, WEEK_38, "Improving since week 38"),
        (Signal.CONCERN, Rule.TREND_UP, WEEK_38, "Worsening since week 38"),
        (Signal.IMPROVEMENT, Rule.SHIFT_BELOW, WEEK_38, "Better than usual since week 38"),
        (Signal.CONCERN, Rule.OUTSIDE_BELOW, WEEK_46.start, "Worse than usual in Week 46, 2026"),
        (
            Signal.CONCERN,
            Rule.SHIFT_BELOW,
            date(2025, 12, 8),
            "Worse than usual since Week 50, 2025",
        ),
        (Signal.HIGH, Rule.TREND_UP, WEEK_38, "Rising since week 38"),
        (Signal.LOW, Rule.SHIFT_BELOW, WEEK_38, "Lower than usual since week 38"),
        (Signal.NONE, Rule.NONE, None, "Steady"),
    ],
)
def test_history_is_told_by_its_meaning_and_since_when(signal, rule, since, expected):
    assert expected == sentence(varying(signal, rule, since))


def test_a_single_day_is_told_with_its_date():
    day = calendar_for(Grain.DAY).period_of(date(2013, 2, 8))
    variation = varying(Signal.CONCERN, Rule.OUTSIDE_BELOW, day.start)
    assert "Worse than usual on Fri 8 Feb 2013" == sentence(variation, period=day)


@pytest.mark.parametrize(
    ("signal", "kept", "distance", "expected"),
    [
        (Signal.NONE, Promise.ALWAYS, 4.0, "will meet 80 % in nearly every week"),
        (Signal.CONCERN, Promise.ALWAYS, 4.0, "will still meet 80 % in nearly every week"),
        (Signal.NONE, Promise.NEVER, -4.0, "will miss 80 % in nearly every week"),
        (Signal.IMPROVEMENT, Promise.NEVER, -4.0, "will still miss 80 % in nearly every week"),
        (Signal.IMPROVEMENT, Promise.SOMETIMES, -1.0, "will still miss 80 % in most weeks"),
        (Signal.NONE, Promise.SOMETIMES, 1.0, "will meet 80 % in most weeks, not all"),
        (Signal.NONE, Promise.SOMETIMES, 0.26, "will meet 80 % in most weeks, not all"),
        (Signal.NONE, Promise.SOMETIMES, 0.25, "will meet 80 % in about half of all weeks"),
        (Signal.CONCERN, Promise.SOMETIMES, 0.0, "will still meet 80 % in about half of all weeks"),
        (Signal.NONE, Promise.SOMETIMES, -0.25, "will meet 80 % in about half of all weeks"),
        (Signal.NONE, Promise.SOMETIMES, -0.26, "will miss 80 % in most weeks"),
    ],
)
def test_the_outlook_says_how_often_the_target_will_be_met(signal, kept, distance, expected):
    since = None if signal is Signal.NONE else WEEK_38
    told = sentence(
        varying(signal, Rule.TREND_UP, since), assured(kept, distance), target_text="80 %"
    )
    assert expected == told.split("; ")[1]


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        (31, "will meet 80 % in most weeks, not all"),
        (22, "will meet 80 % in most weeks, not all"),
        (20, "will meet 80 % in about half of all weeks"),
        (14, "will miss 80 % in most weeks"),
        (3, "will miss 80 % in most weeks"),
    ],
)
def test_how_often_is_told_by_the_periods_not_by_a_mean_that_few_of_them_make(met, expected):
    skewed = replace(assured(Promise.SOMETIMES, -1.0), met=(met, 36))
    assert f"Steady; {expected}" == sentence(varying(), skewed, target_text="80 %")


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (Promise.ALWAYS, "will meet 80 % on nearly every day"),
        (Promise.SOMETIMES, "will meet 80 % on most days, not all"),
    ],
)
def test_a_target_is_met_on_days_not_in_them(kept, expected):
    day = calendar_for(Grain.DAY).period_of(date(2013, 2, 8))
    steady = varying(Signal.NONE, Rule.NONE, None)
    told = sentence(steady, assured(kept, 1.0), period=day, target_text="80 %")
    assert expected == told.split("; ")[1]


def test_history_target_and_peers_make_one_sentence():
    improving = varying(Signal.IMPROVEMENT, Rule.TREND_UP, WEEK_38)
    told = sentence(improving, assured(Promise.SOMETIMES, -1.0), PEERS, target_text="80 %")
    assert (
        "Improving since week 38; will still miss 80 % in most weeks; second quartile of 6 peers (2025)"
        == told
    )


@pytest.mark.parametrize(
    ("signal", "met", "since", "expected"),
    [
        # twelve of 36 weeks met it, eleven of them since the signal began: the process has changed
        (Signal.IMPROVEMENT, (12, 36), (11, 11), "has met 80 % in all 11 weeks since"),
        (Signal.IMPROVEMENT, (12, 36), (9, 11), "has met 80 % in 9 of 11 weeks since"),
        (Signal.IMPROVEMENT, (12, 36), (4, 11), "will still miss 80 % in most weeks"),
        (Signal.IMPROVEMENT, (12, 36), (2, 2), "will still miss 80 % in most weeks"),
        (Signal.IMPROVEMENT, (30, 36), (11, 11), "will meet 80 % in most weeks, not all"),
        (Signal.CONCERN, (28, 36), (1, 6), "has missed 80 % in 5 of 6 weeks since"),
        (Signal.CONCERN, (28, 36), (5, 6), "will still meet 80 % in most weeks, not all"),
        (Signal.HIGH, (12, 36), (11, 11), "will miss 80 % in most weeks"),
    ],
)
def test_a_promise_is_not_told_against_what_has_happened_since_the_signal_began(
    signal, met, since, expected
):
    changed = varying(signal, Rule.SHIFT_ABOVE, WEEK_38)
    assurance = replace(assured(Promise.SOMETIMES, 0.0), met=met, met_since=since)
    assert expected == sentence(changed, assurance, target_text="80 %").split("; ")[1]


def test_a_running_period_is_not_judged():
    told = sentence(varying(), PEERS, is_running=True)
    assert "Week 46, 2026 is still running; it is judged when it is complete" == told


def test_no_data_names_the_last_period_that_has_some():
    variation = varying(Signal.NO_DATA, as_of=date(2026, 10, 19))
    told = sentence(variation, assured(Promise.NEVER), target_text="80 %")
    assert "No data for Week 46, 2026; last value: Week 43, 2026" == told


def test_no_data_ever_is_said_shortly():
    assert "No data for Week 46, 2026" == sentence(varying(Signal.NO_DATA))


def test_too_little_history_is_said_with_its_number():
    few = varying(footing=Footing.NONE, points=5)
    assert "Too few weeks to judge (5 of 8); second quartile of 6 peers (2025)" == sentence(
        few, None, PEERS
    )


def test_too_many_gaps_are_said():
    assert "Too many weeks without enough data to judge" == sentence(varying(footing=Footing.GAPS))


def test_trial_limits_are_said():
    tried = varying(Signal.CONCERN, Rule.TREND_UP, WEEK_38, footing=Footing.TRIAL, points=9)
    assert "Worsening since week 38 (trial: 9 weeks of history)" == sentence(tried)


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1, "ahead of all 119 peers"),
        (2, "2nd of 120, with 119 peers"),
        (3, "3rd of 120, with 119 peers"),
        (4, "4th of 120, with 119 peers"),
        (11, "11th of 120, with 119 peers"),
        (12, "12th of 120, with 119 peers"),
        (21, "21st of 120, with 119 peers"),
        (113, "113th of 120, with 119 peers"),
        (120, "behind all 119 peers"),
    ],
)
def test_a_rank_is_read_as_people_say_it(rank, expected):
    standing = Standing(rank=rank, peers=120, quartile=None, period_label="2025")
    assert f"Steady; {expected} (2025)" == sentence(varying(), None, standing)


@pytest.mark.parametrize(
    ("rank", "quartile", "expected"),
    [
        (2, 1, "first quartile of 7 peers"),
        (5, 3, "third quartile of 7 peers"),
        (7, 4, "fourth quartile of 7 peers"),
        (8, 4, "behind all 7 peers"),
    ],
)
def test_from_four_peers_on_the_quartile_is_told_unless_we_come_last(rank, quartile, expected):
    standing = Standing(rank=rank, peers=8, quartile=quartile, period_label="2025")
    assert f"Steady; {expected} (2025)" == sentence(varying(), None, standing)


@pytest.mark.parametrize(
    ("variation", "expected"),
    [
        (varying(), "Steady since the break in week 38"),
        (
            varying(footing=Footing.TRIAL, points=9),
            "Steady since the break in week 38 (trial: 9 weeks of history)",
        ),
        (
            varying(footing=Footing.NONE, points=5),
            "Too few weeks since the break in week 38 to judge (5 of 8)",
        ),
        (
            varying(footing=Footing.GAPS),
            "Too many weeks since the break in week 38 without enough data to judge",
        ),
        (varying(Signal.CONCERN, Rule.TREND_UP, date(2026, 10, 5)), "Worsening since week 41"),
        (
            varying(Signal.CONCERN, Rule.SHIFT_BELOW, WEEK_38),
            "Worse than usual since the break in week 38",
        ),
    ],
)
def test_a_history_that_began_with_a_break_says_so(variation, expected):
    assert expected == sentence(replace(variation, break_on=WEEK_38))


def test_a_break_on_a_day_is_told_with_the_day():
    day = calendar_for(Grain.DAY).period_of(date(2013, 2, 8))
    told = sentence(varying(break_on=date(2013, 1, 7)), period=day)
    assert "Steady since the break on Mon 7 Jan" == told


@given(st.sampled_from(Signal), st.sampled_from(Rule), st.sampled_from(Promise), st.floats(-5, 5))
def test_no_sentence_calls_a_direction_good(signal, rule, kept, distance):
    since = None if signal in (Signal.NONE, Signal.NO_DATA) else WEEK_38
    told = sentence(
        varying(signal, rule, since), assured(kept, distance), PEERS, target_text="80 %"
    )
    judged = signal in (Signal.IMPROVEMENT, Signal.CONCERN)
    assert not (judged and any(word in told for word in ("up", "down", "ising", "alling", "igher")))
    assert told[0].isupper()
