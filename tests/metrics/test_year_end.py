"""Where the year will end: by hand, at the edges, and by simulation."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calendar import calendar_for
from metrics.model import Better, Grain
from metrics.spread import reach
from metrics.year_end import Aim, Left, Outcome, Sums, YearEnd, year_end, year_of

NAN = np.nan
HIGHER = Aim(target=95.0, better=Better.HIGHER, scale=100.0, lowest=0.0, highest=100.0)
BASE, DAYS = np.full(36, 800.0), np.full(36, 7.0)
SHARES = np.array([0.91, 0.93] * 18)  # 92 %, mean range 2 points


def _aim(target: float, better: Better = Better.HIGHER) -> Aim:
    return Aim(target=target, better=better, scale=100.0, lowest=0.0, highest=100.0)


def _end(
    aim: Aim = HIGHER, *, left: int = 6, so_far: float = 0.92, shares=SHARES, weeks: int = 46
) -> YearEnd:
    found = year_end(
        shares * BASE[: len(shares)],
        BASE[: len(shares)],
        DAYS[: len(shares)],
        so_far=Sums(counted=so_far * 800 * weeks, base=800.0 * weeks),
        left=Left(periods=left, days=7 * left),
        aim=aim,
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("grain", "day", "first", "last"),
    [
        # 2026 has an ISO week 53, from Mon 29 Dec 2025 to Sun 3 Jan 2027.
        (Grain.WEEK, date(2026, 11, 9), date(2025, 12, 29), date(2027, 1, 3)),
        (Grain.WEEK, date(2025, 12, 30), date(2025, 12, 29), date(2027, 1, 3)),
        (Grain.MONTH, date(2026, 2, 1), date(2026, 1, 1), date(2026, 12, 31)),
        (Grain.DAY, date(2024, 2, 29), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_year_is_made_of_whole_periods(grain: Grain, day: date, first: date, last: date):
    begins, ends = year_of(calendar_for(grain).period_of(day))
    assert (first, last) == (begins.start, ends.end)


def test_the_range_is_the_years_sums_and_the_rest_by_the_process():
    """46 weeks at 92 %, 6 to come: sigma 2/1.128, for their mean x root(1/6 + 1/36), 6/52 of it."""
    half = reach(36) * 2 / 1.128 * np.sqrt(1 / 6 + 1 / 36) * 6 / 52
    found = _end()
    assert (pytest.approx(92 - half), pytest.approx(92 + half)) == (found.low, found.high)
    assert (pytest.approx(92.0), pytest.approx(92.0)) == (found.so_far, found.usual)


def test_what_the_rest_must_average_puts_the_year_on_its_target():
    found = _end(_aim(92.5))
    assert found.required is not None
    assert pytest.approx(92.5) == (46 * 92 + 6 * found.required) / 52


@pytest.mark.parametrize(
    ("target", "better", "outcome"),
    [
        (95.0, Better.HIGHER, Outcome.MISSED),
        (92.3, Better.HIGHER, Outcome.LIKELY_MISSED),
        (92.0, Better.HIGHER, Outcome.OPEN),
        (91.7, Better.HIGHER, Outcome.LIKELY_KEPT),
        (91.0, Better.HIGHER, Outcome.KEPT),
        (95.0, Better.LOWER, Outcome.KEPT),
        (92.3, Better.LOWER, Outcome.LIKELY_KEPT),
        (91.7, Better.LOWER, Outcome.LIKELY_MISSED),
        (91.0, Better.LOWER, Outcome.MISSED),
    ],
)
def test_what_becomes_of_the_target(target: float, better: Better, outcome: Outcome):
    assert outcome is _end(_aim(target, better)).outcome


def test_the_rest_at_its_best_is_at_the_process_limit_and_never_beyond_all():
    found = _end(so_far=0.92)
    assert pytest.approx((46 * 92 + 6 * (92 + 3 * 2 / 1.128)) / 52) == found.best
    high = _end(shares=np.array([0.98, 1.0] * 18), so_far=0.99)
    assert pytest.approx((46 * 99 + 6 * 100) / 52) == high.best


def test_a_year_that_is_over_ends_where_it_is():
    found = _end(left=0)
    assert (pytest.approx(92.0), found.low, None, Outcome.MISSED) == (
        found.low,
        found.high,
        found.required,
        found.outcome,
    )


def test_fewer_than_twelve_points_foretell_nothing():
    so_far, left = Sums(counted=900.0, base=1000.0), Left(periods=6, days=42)
    shares = SHARES[:12].copy()
    assert 12 == _end(shares=shares).points
    shares[5] = NAN
    counted = shares * BASE[:12]
    assert year_end(counted, BASE[:12], DAYS[:12], so_far=so_far, left=left, aim=HIGHER) is None


def test_longer_months_weigh_more():
    """The rest has the segment's base a day: 61 days at 800/7 a day."""
    found = year_end(
        SHARES * BASE,
        BASE,
        DAYS,
        so_far=Sums(counted=0.9 * 5000, base=5000.0),
        left=Left(periods=2, days=61),
        aim=HIGHER,
    )
    assert found is not None
    rest = 61 * 800 / 7
    assert pytest.approx((95 * (5000 + rest) - 90 * 5000) / rest) == found.required


@given(st.lists(st.integers(200, 800), min_size=12, max_size=36), st.floats(30, 70))
def test_turned_around_everything_is_turned_around(thousandths: list[int], target: float):
    """In thousandths, for of two shares that hardly differ the rests to one can be the same."""
    shares, rests = (
        np.array(each) / 1000 for each in (thousandths, [1000 - n for n in thousandths])
    )
    one = _end(_aim(target), shares=shares, so_far=0.5)
    other = _end(_aim(100 - target, Better.LOWER), shares=rests, so_far=0.5)
    assert pytest.approx((one.low, one.best)) == (100 - other.high, 100 - other.best)


@given(st.lists(st.floats(10, 20), min_size=12, max_size=36), st.floats(-5, 50))
def test_a_constant_more_throughout_is_that_much_more_at_the_end(values: list[float], more: float):
    """Of a mean, which has no bounds."""
    aim = Aim(target=15.0, better=Better.LOWER, scale=1.0, lowest=None, highest=None)
    ends = []
    for added in (0.0, more):
        found = year_end(
            (np.array(values) + added) * 800,
            BASE[: len(values)],
            DAYS[: len(values)],
            so_far=Sums(counted=(15 + added) * 8000, base=8000.0),
            left=Left(periods=10, days=70),
            aim=aim,
        )
        assert found is not None
        ends.append((found.low, found.high))
    assert pytest.approx([each + more for each in ends[0]], abs=1e-9) == list(ends[1])


@pytest.mark.parametrize(("points", "left"), [(12, 6), (36, 1), (36, 6), (24, 28)])
def test_the_range_holds_the_true_end_in_95_of_100_years(points: int, left: int):
    chance, held, trials = np.random.default_rng(7), 0, 2000
    for _ in range(trials):
        base = chance.integers(700, 900, points + left).astype(float)
        counted = base * chance.normal(0.9, 0.01, points + left)
        found = year_end(
            counted[:points],
            base[:points],
            np.full(points, 7.0),
            so_far=Sums(counted=counted[:points].sum(), base=base[:points].sum()),
            left=Left(periods=left, days=7 * left),
            aim=HIGHER,
        )
        assert found is not None
        held += found.low <= 100 * counted.sum() / base.sum() <= found.high
    assert 0.93 <= held / trials <= 0.97


def test_the_range_holds_the_true_end_of_shares_of_uneven_size():
    """Weeks of 100 and of 5,000 cases in turn, by chance alone; the weeks left have the mean."""
    chance, held, trials = np.random.default_rng(12), 0, 2000
    base, rest = np.array([100.0, 5000.0] * 18), 6 * 2550
    for _ in range(trials):
        counted = chance.binomial(base.astype(int), 0.9).astype(float)
        found = year_end(
            counted,
            base,
            DAYS,
            so_far=Sums(counted=counted.sum(), base=base.sum()),
            left=Left(periods=6, days=42),
            aim=HIGHER,
            follows_base=True,
        )
        assert found is not None
        true = 100 * (counted.sum() + chance.binomial(rest, 0.9)) / (base.sum() + rest)
        held += found.low <= true <= found.high
    assert 0.93 <= held / trials <= 0.97
