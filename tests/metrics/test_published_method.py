"""The profiles mdc and mdc_excel are the published method: to the label, for any series."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.judgement import judge_many
from metrics.limits import are_trial
from metrics.model import Better
from metrics.profiles import Profile, method_of
from metrics.published_promise import promise_by_the_letter
from metrics.signals import RULES, SIGNALS
from tests.metrics import published_method

LINES = ("centre", "lower", "upper", "near_lower", "near_upper")

whole = st.integers(-9, 9).map(float)
tenths = st.integers(-90, 90).map(lambda number: number / 10)
real = st.floats(-1e6, 1e6, allow_subnormal=False)
largest = st.sampled_from([1.7e308, -1.7e308, 1e308, -1e308, 1e300, 0.0])
few = st.sampled_from([0.1, 0.2, 0.3, 0.30000000000000004, 0.7, 1 / 3, 2 / 3])


def series_of(numbers):
    return st.lists(st.none() | numbers, min_size=1, max_size=60) | st.lists(
        numbers, min_size=1, max_size=60
    )


walks = st.lists(
    st.tuples(st.sampled_from([-2.0, -1.0, -0.1, 0.0, 0.1, 1.0, 2.0]), st.integers(1, 9)),
    min_size=1,
    max_size=9,
).map(lambda parts: np.cumsum([step for step, times in parts for _ in range(times)]).tolist())
levels = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 1.0, 2.0, 10.0]), st.integers(1, 12)),
    min_size=1,
    max_size=6,
).map(lambda parts: [level for level, times in parts for _ in range(times)][:60])
any_series = st.one_of(
    *(series_of(each) for each in (whole, tenths, real, few, largest)),
    walks,
    levels,
    st.just([0.1] * 30),
)


@st.composite
def questions(draw):
    values = draw(any_series)
    breaks = draw(
        st.just([0] * len(values))
        | st.lists(st.sampled_from([0] * 11 + [1]), min_size=len(values), max_size=len(values))
    )
    return values, breaks


@settings(max_examples=400, deadline=None)
@given(
    questions(),
    st.sampled_from([Profile.MDC, Profile.MDC_EXCEL]),
    st.sampled_from([None, None, 12, 13, 20]),
    st.sampled_from([Better.HIGHER, Better.LOWER, Better.NEUTRAL]),
)
@example(([None] * 13 + [0.0, 1, 2, 3, 4, 5, 6], [0] * 20), Profile.MDC, 12, Better.HIGHER)
@example(([0.0] * 7 + [2.0] * 7, [0] * 14), Profile.MDC, None, Better.LOWER)
@example(([5.0], [1]), Profile.MDC, None, Better.LOWER)
@example(([1.0, 2.0], [0, 0]), Profile.MDC_EXCEL, None, Better.LOWER)
@example(([1.0, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1], [0] * 14), Profile.MDC, None, Better.LOWER)
def test_every_label_and_limit_is_that_of_the_published_method(question, profile, baseline, better):
    values, breaks = question
    expected = published_method.judge(
        values, breaks, screens=profile is Profile.MDC, baseline=baseline
    )
    with np.errstate(over="ignore", invalid="ignore"):
        judged = judge_many(
            np.array([[np.nan if each is None else each for each in values]]),
            better=better,
            profile=profile,
            segments=np.cumsum(breaks),
            fix_after=baseline,
        )
    rules = [RULES[rule].value for rule in judged.rules[0]]
    assert [row.rule for row in expected] == rules
    assert [published_method.signal(rule, better.value) for rule in rules] == [
        SIGNALS[each].value for each in judged.signals[0]
    ]
    for name in LINES:
        drawn = [getattr(row, name) for row in expected]
        wanted = np.array([np.nan if each is None else each for each in drawn])
        np.testing.assert_array_equal(wanted, getattr(judged.limits, name)[0])
    trial = are_trial(judged.limits, method=method_of(profile))
    assert [row.trial for row in expected] == trial[0].tolist()


@given(any_series, st.floats(-20, 20), st.sampled_from(["higher", "lower", "neutral"]))
def test_the_promise_is_that_of_the_published_icon(values, target, better):
    with np.errstate(over="ignore", invalid="ignore"):
        judged = judge_many(
            np.array([[np.nan if each is None else each for each in values]]),
            better=Better(better),
            profile=Profile.MDC,
        )
    last = judged.limits.at(0, len(values) - 1)
    rows = published_method.judge(values, [0] * len(values))
    for aim in (target, last.upper, last.lower, None):
        assert published_method.assurance(rows, target=aim, better=better) == promise_by_the_letter(
            lower=last.lower, upper=last.upper, target=aim, better=Better(better)
        )


def test_a_mean_that_plain_addition_misses_is_taken_as_r_takes_it():
    values = [0.1] * 10 + [0.2, 0.3]
    judged = judge_many(np.array([values]), better=Better.HIGHER, profile=Profile.MDC)
    assert published_method._mean(values) == judged.limits.centre[0, 0]


def test_a_value_equal_to_the_mean_is_on_the_line_whatever_its_digits():
    values = np.array([[0.7, 0.1, 0.4] * 5])
    judged = judge_many(values, better=Better.HIGHER, profile=Profile.MDC)
    assert pytest.approx(0.4) == judged.limits.centre[0, 0]
    assert not judged.rules.any()
