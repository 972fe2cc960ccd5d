"""Case mix: against a second writing of indirect standardisation, and what must hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.case_mix import Stratum, standardise

CELLS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["easy", "hard"]), st.integers(1, 200)),
    min_size=1,
    unique_by=lambda cell: cell[:2],
).flatmap(
    lambda cells: st.tuples(st.just(cells), st.tuples(*(st.integers(1, n) for *_, n in cells)))
)


def strata(cells, counts):
    return [
        Stratum(entity=entity, stratum=kind, numerator=x, denominator=n)
        for (entity, kind, n), x in zip(cells, counts, strict=True)
    ]


def test_who_has_the_hard_cases_is_better_than_its_plain_share():
    found = standardise(
        strata(
            [("A", "easy", 100), ("A", "hard", 600), ("B", "easy", 600), ("B", "hard", 100)],
            [90, 300, 540, 40],
        )
    )
    # easy: 630 of 700, hard: 340 of 700
    assert [90 + 600 * 34 / 70, 540 + 100 * 34 / 70] == pytest.approx(
        [each.expected for each in found]
    )
    assert [390 / (90 + 600 * 34 / 70), 580 / (540 + 100 * 34 / 70)] == pytest.approx(
        [each.ratio for each in found]
    )
    assert found[0].ratio > found[1].ratio
    assert 390 / 700 < 580 / 700


@given(CELLS)
def test_what_is_expected_is_the_sum_over_kinds_of_cases_at_their_common_rate(drawn):
    cases = strata(*drawn)
    for each in standardise(cases):
        expected = 0.0
        for own in (one for one in cases if one.entity == each.entity):
            alike = [one for one in cases if one.stratum == own.stratum]
            rate = sum(one.numerator for one in alike) / sum(one.denominator for one in alike)
            expected += own.denominator * rate
        assert expected == pytest.approx(each.expected)


@given(CELLS)
def test_all_together_are_as_expected(drawn):
    cases = strata(*drawn)
    found = standardise(cases)
    assert sum(each.observed for each in found) == pytest.approx(
        sum(each.expected for each in found)
    )
    assert sum(one.denominator for one in cases) == pytest.approx(
        sum(each.equivalent for each in found)
    )


def test_one_kind_of_cases_leaves_every_value_as_it_is():
    found = standardise(strata([("A", "all", 50), ("B", "all", 200)], [10, 90]))
    values = [each.as_contender(100.0).value for each in found]
    assert [20.0, 45.0] == pytest.approx(values)


def test_nothing_counted_gives_no_ratio():
    with pytest.raises(ValueError, match="nothing is expected of A"):
        standardise(strata([("A", "all", 50), ("B", "other", 50)], [0, 5]))
