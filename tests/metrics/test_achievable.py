"""The achievable benchmark: by hand, and against a second writing of its published rule."""

from hypothesis import given

from metrics.achievable import leaders
from metrics.model import Better
from metrics.peer_ranking import Chance, Ruler
from tests.metrics.contenders import HIGHER, LOWER, OTHERS, RATES, SETS, rate, shares, unknown


def names(found):
    return [each.entity for each in found]


def test_a_perfect_score_of_one_case_does_not_lead():
    # (x + 1) / (n + 2): 2/3, 46/52, 161/202, 301/502, 101/251; a tenth of 1,000 cases is 100
    contenders = shares((1, 1), (45, 50), (160, 200), (300, 500), (100, 249))
    assert ["E1", "E2"] == names(leaders(contenders, HIGHER))


def test_where_lower_is_better_no_events_in_one_case_do_not_lead():
    contenders = shares((0, 1), (5, 50), (40, 200), (200, 500), (149, 249))
    assert ["E1", "E2"] == names(leaders(contenders, LOWER))


def test_one_large_leader_is_enough():
    assert ["E0"] == names(leaders(shares((95, 100), (10, 100)), HIGHER))


def published_rule(contenders):
    """Weissman et al. 1999, written the other way round: shares of the best who are left."""
    total = sum(each.denominator for each in contenders)
    rest, chosen = list(contenders), []
    while sum(each.denominator for each in chosen) * 10 < total:
        best = max(
            rest, key=lambda one: ((one.numerator + 1) / (one.denominator + 2), one.denominator)
        )
        rest.remove(best)
        chosen.append(best)
    return chosen


@given(SETS)
def test_the_leaders_are_those_of_the_published_rule(contenders):
    expected, found = published_rule(contenders), leaders(contenders, HIGHER)
    assert [(one.numerator, one.denominator) for one in expected] == [
        (one.numerator, one.denominator) for one in found
    ]


@given(SETS)
def test_counting_the_failures_instead_gives_the_same_leaders(contenders):
    failures = shares(*((one.denominator - one.numerator, one.denominator) for one in contenders))
    found = [(one.numerator, one.denominator) for one in leaders(contenders, HIGHER)]
    mirrored = leaders(failures, LOWER)
    assert found == [(one.denominator - one.numerator, one.denominator) for one in mirrored]


def test_the_leaders_of_a_rate_do_not_hang_on_the_unit_of_its_exposure():
    found = [(0, 2.0), (6, 400.0), (40, 900.0), (70, 1000.0)]
    in_hours = [rate(f"E{at}", x, n) for at, (x, n) in enumerate(found)]
    in_minutes = [rate(f"E{at}", x, 60 * n) for at, (x, n) in enumerate(found)]
    assert ["E1"] == names(leaders(in_hours, RATES)) == names(leaders(in_minutes, RATES))


def test_without_counts_there_are_no_leaders():
    assert () == leaders([unknown("A", 0.5)], HIGHER)
    assert () == leaders(shares((1, 2)), OTHERS)
    assert () == leaders(
        shares((1, 2)), Ruler(better=Better.BAND, chance=Chance.SHARE, band=(0.2, 0.4))
    )
