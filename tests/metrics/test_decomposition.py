"""Mix and rate effects: worked by hand, and adding up whatever the segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import load_catalogue
from metrics.decomposition import Effect, has_mix, split_change
from metrics.model import Stock
from metrics.value import Parts, merge_segments, value_of

METRICS = load_catalogue().metrics
OTD, COMPLAINTS, NPS = METRICS["otd"], METRICS["complaints"], METRICS["nps"]
BACKLOG, TTR = METRICS["backlog_open"], METRICS["ttr_p50"]


def parts(metric, counts):
    cut = {
        name: Parts(numerator=above, denominator=below, n=below)
        for name, (above, below) in counts.items()
    }
    return cut | {"": merge_segments(metric, list(cut.values()))}


def test_worked_by_hand() -> None:
    """90 % falls to 80 %; north has half and then 30 % of all orders, south half and 60 %."""
    before = parts(OTD, {"north": (90, 100), "south": (90, 100)})
    now = parts(OTD, {"north": (40, 60), "south": (110, 120), "new": (10, 20)})
    found = split_change(OTD, now, before)
    # north: (0.5 + 0.3) / 2 x (66.67 - 90); (0.3 - 0.5) x (78.33 - 85)
    assert pytest.approx((-28 / 3, 4 / 3, -0.2)) == found["north"]
    # south: (0.5 + 0.6) / 2 x (91.67 - 90); (0.6 - 0.5) x (90.83 - 85)
    assert pytest.approx((11 / 12, 7 / 12, 0.1)) == found["south"]
    # what is new has changed nothing of its own: (0.1 - 0) x (50 - 85)
    assert pytest.approx((0.0, -3.5, 0.1)) == found["new"]
    assert pytest.approx(-10.0) == sum(each.total for each in found.values())


def test_where_only_the_mix_moves_no_segment_has_changed() -> None:
    """Simpson's case: every segment stays as it was, and the whole falls all the same."""
    before = parts(OTD, {"easy": (95, 100), "hard": (40, 100)})
    now = parts(OTD, {"easy": (19, 20), "hard": (72, 180)})
    found = split_change(OTD, now, before)
    assert pytest.approx([0.0, 0.0]) == [found[name].rate for name in ("easy", "hard")]
    assert pytest.approx(45.5 - 67.5) == sum(each.mix for each in found.values())


def test_where_only_the_rates_move_there_is_no_mix() -> None:
    before = parts(OTD, {"a": (80, 100), "b": (60, 100)})
    now = parts(OTD, {"a": (90, 100), "b": (50, 100)})
    assert {"a": Effect(5.0, 0.0), "b": Effect(-5.0, 0.0)} == split_change(OTD, now, before)


def test_a_sum_has_no_mix_and_a_percentile_no_parts() -> None:
    before, now = ({"": Parts(numerator=n), "a": Parts(numerator=n)} for n in (30.0, 42.0))
    assert {"a": Effect(12.0, 0.0)} == split_change(BACKLOG, now, before)
    assert not has_mix(BACKLOG)
    assert {} == split_change(TTR, now, before)


def test_the_parts_of_a_mean_backlog_are_over_the_days_of_the_whole() -> None:
    """North holds 70 on each of seven days; south 14 on only three of them: 42 / 7 = 6 a day."""
    before = {"": Parts(numerator=420.0, days=7), "north": Parts(numerator=420.0, days=7)}
    now = {
        "": Parts(numerator=490.0 + 42.0, days=7),
        "north": Parts(numerator=490.0, days=7),
        "south": Parts(numerator=42.0, days=3),
    }
    assert Stock.MEAN == BACKLOG.stock
    expected = {"north": Effect(10.0, 0.0), "south": Effect(6.0, 0.0)}
    assert expected == split_change(BACKLOG, now, before)


def test_a_last_backlog_whose_segments_ended_on_other_days_has_no_parts() -> None:
    last = BACKLOG.model_copy(update={"stock": Stock.LAST})
    before = {"": Parts(numerator=60.0), "north": Parts(numerator=60.0)}
    now = {"": Parts(numerator=70.0), "north": Parts(numerator=70.0), "gone": Parts(numerator=9.0)}
    assert {} == split_change(last, now, before)


def test_a_whole_without_a_value_has_no_change() -> None:
    full = parts(OTD, {"a": (80, 100)})
    assert {} == split_change(OTD, full, parts(OTD, {"a": (0, 0)}))
    assert {} == split_change(OTD, full, {})


COUNTS = st.tuples(st.integers(0, 500), st.integers(0, 500))
SEGMENTS = st.dictionaries(st.sampled_from("abcdef"), COUNTS, min_size=1)


@given(SEGMENTS, SEGMENTS, st.sampled_from([OTD, COMPLAINTS, NPS, BACKLOG]))
def test_the_effects_add_up_to_the_change_whatever_appears_or_vanishes(now, before, metric) -> None:
    new, old = parts(metric, now), parts(metric, before)
    values = value_of(metric, new[""]), value_of(metric, old[""])
    found = split_change(metric, new, old)
    if None in values:
        assert {} == found
    else:
        size = max(1.0, *(abs(value) for value in values))
        assert pytest.approx(values[0] - values[1], abs=1e-8 * size) == sum(
            each.total for each in found.values()
        )


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_rate_effect_is_the_formula_of_the_books(a0, a1, b0, b1) -> None:
    old, new = ({"a": a, "b": b} for a, b in ((a0, b0), (a1, b1)))
    if min(below for each in (a0, a1, b0, b1) for below in each[1:]) == 0:
        return  # one that appears or vanishes: above
    found = split_change(OTD, parts(OTD, new), parts(OTD, old))
    weights = [each["a"][1] / (each["a"][1] + each["b"][1]) for each in (old, new)]
    rates = [100 * each["a"][0] / each["a"][1] for each in (old, new)]
    expected = sum(weights) / 2 * (rates[1] - rates[0])
    assert pytest.approx(expected, abs=1e-6, rel=1e-9) == found["a"].rate
