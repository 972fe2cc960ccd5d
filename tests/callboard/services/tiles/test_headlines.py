"""What becomes of promises and figures, and how far the data reaches, as people say it."""

from datetime import date

import pytest

from callboard.services.tiles.headlines import Fate, Kept, headline, name_at, reach_in_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "Sunday"),
        (date(2026, 11, 17), "Tuesday"),
        (date(2026, 11, 16), "Mon 16 Nov"),
        (date(2025, 11, 23), "Sun 23 Nov 2025"),
        (date(2026, 11, 24), "Tue 24 Nov"),
    ],
)
def test_a_day_of_the_last_week_goes_by_its_name(day: date, words: str) -> None:
    assert words == reach_in_words(day, date(2026, 11, 23))


def test_a_promise_that_is_lost_for_the_year_may_improve_all_the_same() -> None:
    found = fates((2, Fate(Kept.IMPROVING, True, True)), (5, Fate(STEADY, True)))
    told = headline([*found, Fate(Kept.IMPROVING, False)], None, muted=1)
    assert (
        "2 of 7 promises at risk, 1 figure improving, 1 of them below a concern, 5 steady. "
        "Both are out of reach of the year’s target, 2 of them improving all the same." == told
    )
    alone = headline([Fate(Kept.IMPROVING, True, True)], None)
    assert alone.endswith(". It is out of reach of the year’s target, improving all the same.")


def test_what_is_muted_is_told_of_what_improves_and_of_nothing_else() -> None:
    found = [Fate(Kept.IMPROVING, True, True), Fate(BAD, True)]
    assert (
        "2 of 2 promises at risk. 1 of the 2 is out of reach of the year’s target, improving all the "
        "same." == headline(found, None, muted=1)
    )


def fates(*counts: tuple[int, Fate]) -> list[Fate]:
    return [fate for many, fate in counts for _ in range(many)]


STEADY, BAD = Kept.STEADY, Kept.AT_RISK


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            fates(
                (2, Fate(BAD, True)),
                (1, Fate(BAD, True, True)),
                (1, Fate(STEADY, True, True)),
                (30, Fate(STEADY, True)),
                (4, Fate(BAD, False)),
                (46, Fate(STEADY, False)),
            ),
            "4 of 34 promises at risk, 4 other figures of concern, 76 steady. "
            "2 of the 4 are out of reach of the year’s target.",
        ),
        (fates((3, Fate(STEADY, True))), "None of 3 promises at risk, 3 figures steady."),
        (
            fates((1, Fate(BAD, False)), (2, Fate(STEADY, False))),
            "1 figure of concern, 2 steady.",
        ),
        (fates((2, Fate(STEADY, False))), "No figure of concern, 2 figures steady."),
    ],
)
def test_promises_are_figures_with_a_target_and_the_rest_is_told_as_figures(
    found: list[Fate], words: str
) -> None:
    assert words == headline(found, None)


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("Page load, 75th percentile", "page load (75th percentile) at Web store"),
        ("SLA attainment", "SLA attainment at Web store"),
        (
            "On-time arrivals, all airlines (yearly)",
            "on-time arrivals, all airlines (yearly) at Web store",
        ),
    ],
)
def test_a_metric_at_its_place_is_said_without_a_comma_of_its_own(metric: str, words: str) -> None:
    assert words == name_at(metric, "Web store")
