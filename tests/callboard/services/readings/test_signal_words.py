"""Limits in words: as far as the metric can go, and no farther."""

import pytest

from callboard.services.readings.signal_words import natural_bounds, rules_in_words, usual_span
from metrics.catalogue import load_catalogue
from metrics.limits import Footing, Limits
from metrics.signals import Rule

LIBRARY = load_catalogue().metrics


@pytest.mark.parametrize(
    ("expected", "code", "lower", "upper"),
    [
        ("0.0 to 21.3 per 200,000 hours worked", "trir", -5.9, 21.3),
        ("88.3 to 100.0 %", "otd", 88.3, 104.1),
        ("88.3 to 94.1 %", "otd", 88.3, 94.1),
        ("−12 to 31 points", "nps", -12.0, 31.0),
        ("–", "otd", None, None),
    ],
)
def test_chance_brings_about_nothing_that_cannot_be(
    expected: str, code: str, lower: float | None, upper: float | None
) -> None:
    limits = Limits(
        centre=None,
        lower=lower,
        upper=upper,
        near_lower=None,
        near_upper=None,
        footing=Footing.FULL,
        points=36,
    )
    assert expected == usual_span(LIBRARY[code], limits)


def test_what_was_below_zero_has_no_floor_at_zero() -> None:
    delay = LIBRARY["asa"]
    limits = Limits(
        centre=2.0,
        lower=-38.5,
        upper=42.5,
        near_lower=None,
        near_upper=None,
        footing=Footing.FULL,
        points=36,
    )
    assert (0.0, None) == natural_bounds(delay, [12.0, None, 3.0])
    assert (None, None) == natural_bounds(delay, [12.0, None, -19.5])
    assert usual_span(delay, limits, [-19.5]).startswith("−38 to ")


def test_all_rules_that_caught_a_point_are_told_the_one_that_names_it_first() -> None:
    told = rules_in_words((Rule.OUTSIDE_ABOVE, Rule.SHIFT_ABOVE))
    assert "above the upper limit; one of 7 or more in a row above usual" == told


def test_a_point_that_nothing_caught_has_no_words() -> None:
    assert "" == rules_in_words(())
