"""The sketch of a distribution: its promise of 1 %, merging, its text."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.sketch import (
    ACCURACY,
    GAMMA,
    bucket_of,
    bucket_value,
    merge_sketches,
    read_sketch,
    sketch_of,
)

values = st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=200)
shares = st.sampled_from([0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0])


def is_near(exact, found):
    return abs(found - exact) <= ACCURACY * exact * 1.000001


@given(values, shares)
def test_a_quantile_is_within_one_percent_of_the_exact_one(numbers, share):
    exact = float(np.quantile(numbers, share, method="lower"))
    assert is_near(exact, sketch_of(numbers).quantile(share))


@given(st.floats(1e-9, 1e12))
def test_a_bucket_stands_for_what_is_in_it_to_one_percent(value):
    assert is_near(value, bucket_value(bucket_of(value)))


@given(st.lists(values, min_size=1, max_size=5))
def test_merging_is_as_if_all_had_been_sketched_together(many):
    together = sketch_of([number for numbers in many for number in numbers])
    assert together == merge_sketches(sketch_of(numbers) for numbers in many)


@given(st.lists(st.floats(-10, 1e6), max_size=50))
def test_what_is_written_is_read_back(numbers):
    sketch = sketch_of(numbers)
    assert sketch == read_sketch(sketch.to_json())


def test_the_text_is_compact_and_ordered():
    text = sketch_of([0.0, -1.0, 1e-12, 100.0, 0.5]).to_json()
    assert '{"z":3,"b":{"-34":1,"231":1}}' == text


def test_the_text_written_by_sql_needs_no_order():
    text = json.dumps({"z": 0, "b": {"300": 1, "-5": 2, "20": 1}})
    assert bucket_value(-5) == read_sketch(text).quantile(0.5)


def test_the_buckets_are_those_of_the_published_method():
    assert pytest.approx(1.01 / 0.99) == GAMMA
    assert math.ceil(math.log(250) / math.log(GAMMA)) == bucket_of(250)


def test_nothing_has_no_quantile_and_zeros_have_zero():
    assert sketch_of([]).quantile(0.5) is None
    assert 0.0 == sketch_of([0.0, 0.0, 5.0]).quantile(0.5)


def test_what_is_not_a_number_is_left_out():
    assert 1 == sketch_of([math.nan, 2.0]).count


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"b":{"x":1}}', '{"z":null,"b":{}}', "null"])
def test_text_that_is_no_sketch_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_sketch(text)
