"""From parts to a value: every form, and what must never be averaged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import load_catalogue
from metrics.model import Stock
from metrics.sketch import sketch_of
from metrics.value import (
    Parts,
    is_shown,
    merge_days,
    merge_segments,
    percentiles_of,
    value_of,
    values_of,
)

LIBRARY = load_catalogue().metrics
ABANDON, TRIR, ASA, NPS = (LIBRARY[code] for code in ("abandon", "trir", "asa", "nps"))
LCP, BACKLOG = LIBRARY["lcp_p75"], LIBRARY["backlog_open"]
LAST = BACKLOG.model_copy(update={"stock": Stock.LAST})
FLOW = BACKLOG.model_copy(update={"stock": None})


def parts(numerator, denominator=None, **other):
    return Parts(numerator=numerator, denominator=denominator, **other)


@pytest.mark.parametrize(
    ("metric", "given_parts", "value"),
    [
        (ABANDON, parts(3, 40), 7.5),
        (TRIR, parts(2, 100_000), 4.0),
        (ASA, parts(900, 30), 30.0),
        (NPS, parts(-5, 50), -10.0),
        (FLOW, parts(12), 12.0),
        (BACKLOG, parts(70, days=7), 10.0),
        (LAST, parts(12, days=7), 12.0),
    ],
)
def test_each_form_gives_its_value_in_the_declared_unit(metric, given_parts, value):
    assert value == pytest.approx(value_of(metric, given_parts))


def test_a_percentile_comes_from_its_sketch():
    sketch = sketch_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert 4.0 == pytest.approx(value_of(LCP, Parts(sketch=sketch)), rel=0.01)
    assert value_of(LCP, Parts()) is None


@pytest.mark.parametrize(
    "given_parts", [parts(0, 0), parts(None, 5), parts(5, None), parts(None, None)]
)
def test_no_activity_and_a_missing_part_have_no_value(given_parts):
    assert value_of(ABANDON, given_parts) is None


def test_zero_of_some_is_zero_and_not_missing():
    assert 0.0 == value_of(ABANDON, parts(0, 12))


def test_a_share_over_days_is_the_share_of_the_sums_and_not_the_mean_of_shares():
    days = [parts(1, 2, n=2), parts(0, 98, n=98)]
    merged = merge_days(ABANDON, days)
    assert 1.0 == value_of(ABANDON, merged)
    assert 100 == merged.n


def test_a_day_that_lacks_a_part_is_left_out_whole():
    days = [parts(5, 10, n=10), parts(None, 90, n=90), parts(7, None, n=7)]
    assert parts(5, 10, n=10) == merge_days(ABANDON, days)


def test_a_stock_is_averaged_over_days_and_added_over_touchpoints():
    week = merge_days(BACKLOG, [parts(10), parts(20), parts(30)])
    both = merge_segments(BACKLOG, [week, week])
    assert (20.0, 40.0) == (value_of(BACKLOG, week), value_of(BACKLOG, both))


def test_a_stock_that_lacks_days_at_one_touchpoint_still_adds_its_mean_there():
    five_days, seven_days = parts(50, days=5), parts(140, days=7)
    assert 30.0 == value_of(BACKLOG, merge_segments(BACKLOG, [five_days, seven_days]))


def test_a_stock_may_be_the_last_days():
    assert 30 == value_of(LAST, merge_days(LAST, [parts(10), parts(20), parts(30)]))
    assert 60 == value_of(LAST, merge_segments(LAST, [parts(30), parts(30)]))


def test_a_flow_adds_up_over_days():
    assert 60 == value_of(FLOW, merge_days(FLOW, [parts(10), parts(20), parts(30)]))


@pytest.mark.parametrize("metric", [ABANDON, LCP, FLOW, BACKLOG, LAST])
def test_nothing_merged_has_no_value(metric):
    assert value_of(metric, merge_days(metric, [])) is None
    assert value_of(metric, merge_segments(metric, [])) is None


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=20))
def test_parts_merge_in_any_grouping_to_the_same_value(pairs):
    days = [parts(a, a + b, n=a + b, sumsq=float(a)) for a, b in pairs]
    half = len(days) // 2
    halves = [merge_days(ABANDON, days[:half] or days), merge_days(ABANDON, days[half:])]
    expected = merge_days(ABANDON, days if half else days * 2)
    assert expected == merge_days(ABANDON, halves)


@given(st.lists(st.floats(0.01, 60), min_size=1, max_size=40), st.integers(1, 39))
def test_percentiles_merge_like_their_values(numbers, at):
    days = [Parts(sketch=sketch_of(each), n=len(each)) for each in (numbers[:at], numbers[at:])]
    whole = Parts(sketch=sketch_of(numbers), n=len(numbers))
    assert value_of(LCP, whole) == value_of(LCP, merge_segments(LCP, days))


@pytest.mark.parametrize("metric", [ABANDON, TRIR, ASA, NPS, FLOW, BACKLOG])
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 50), st.none() | st.integers(0, 50), st.integers(1, 31)
        ),
        min_size=1,
        max_size=10,
    )
)
def test_whole_arrays_give_what_single_parts_give(metric, rows):
    numerator, denominator, days = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    found = values_of(metric, numerator=numerator, denominator=denominator, days=days)
    for (above, below, count), value in zip(rows, found, strict=True):
        expected = value_of(metric, parts(above, below, days=count))
        assert (np.nan if expected is None else expected) == pytest.approx(value, nan_ok=True)


def test_stored_sketches_give_their_percentiles_in_one_go():
    texts = [sketch_of([2.0]).to_json(), None, sketch_of([]).to_json()]
    np.testing.assert_allclose([2.0, np.nan, np.nan], percentiles_of(LCP, texts), rtol=0.01)


def test_too_small_numbers_are_hidden_but_a_count_never_is():
    assert (False, True) == (is_shown(ABANDON, 9), is_shown(ABANDON, 10))
    assert is_shown(FLOW, 0)
