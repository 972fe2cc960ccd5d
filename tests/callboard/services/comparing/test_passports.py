"""Passports: where a value comes from, when it ages, what it was before, in page and export."""

import csv
import io
from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from callboard.services.competitor_export import PASSPORT_COLUMNS, league_csv, trend_csv
from callboard.services.publishing.values import list_values
from callboard.views import CompetitorsPage, Passport
from metrics.grades import Aspect, Grade
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows

TOLD = {
    "publisher": "Watchers",
    "document": "Table 3",
    "source_url": "https://example.org/watch",
    "retrieved_on": date(2026, 11, 6),
    "as_of": date(2026, 11, 2),
    "population": "Shoppers",
    "region": "Wales",
    "industry": "Retail",
    "clock": "calendar",
    "licence": "Free",
    "note": "Provisional",
    "sample_size": 1200,
    "sample_unit": "orders",
    "base": "delivered orders",
}


@pytest.fixture
def ours(world: SmallWorld) -> SmallWorld:
    """90 % in October."""
    world.reach()
    world.add(day_rows("otd", "delivery", {date(2026, 10, 1): (900.0, 1000.0)}))
    return world


def page_of(world: SmallWorld) -> CompetitorsPage:
    return read_competitors(world.runtime, LOCAL_USER, metric="otd")


def passport_of(world: SmallWorld) -> Passport:
    (passport,) = page_of(world).passports.values()
    return passport


def test_a_passport_has_all_that_was_said_and_who_brought_it(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.25, **TOLD)])
    passport = passport_of(ours)
    said = {name: getattr(passport, name) for name in TOLD if name not in _TOLD_AS_ONE}
    assert {name: value for name, value in TOLD.items() if name not in _TOLD_AS_ONE} == said
    assert ("1,200 orders", "95.25 %") == (passport.n_text, passport.published_text)
    assert ("t", "b.csv", 1) == (passport.imported_by, passport.file_name, passport.submission)
    assert (Grade.B, "it is of Wales") == (
        passport.grade,
        next(each.words for each in passport.reasons if each.grade is Grade.B),
    )


_TOLD_AS_ONE = ("sample_size", "sample_unit")


def test_a_value_published_again_says_what_it_was_and_when(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 91.2, **TOLD)])
    ours.publish([benchmark("Alder", 95.0, **TOLD), benchmark("Birch", 90.0)])
    (row,) = [each for each in page_of(ours).league if each.entity == "Alder"]
    assert "restated on 20 Nov 2026: was 91.2 %" == row.restated
    assert 95.0 == row.value


def test_the_same_value_from_another_file_is_no_restatement(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0)])
    ours.publish([benchmark("Alder", 95.0), benchmark("Birch", 90.0)])
    assert {""} == {each.restated for each in page_of(ours).league}


def test_a_passport_says_from_which_day_its_value_is_too_old(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0)])
    assert (date(2028, 5, 1), False) == (passport_of(ours).ages_on, passport_of(ours).is_old)


def test_an_old_value_is_greyed_with_the_reason_in_words(ours: SmallWorld) -> None:
    old = {"period_start": date(2024, 10, 1), "period_end": date(2024, 10, 31)}
    ours.publish([benchmark("Alder", 95.0, **old)])
    (row,) = page_of(ours).league
    assert ("older than 18 months", False, Grade.C) == (row.note, row.comparable, row.grade)
    assert passport_of(ours).is_old


def test_where_we_have_no_figure_of_its_days_the_value_is_of_grade_c(ours: SmallWorld) -> None:
    september = {"period_start": date(2026, 9, 1), "period_end": date(2026, 9, 30)}
    ours.publish([benchmark("Alder", 95.0, **september)])
    passport = passport_of(ours)
    (why,) = [each for each in passport.reasons if each.aspect is Aspect.PERIOD]
    assert (Grade.C, "we have no readings in these days") == (why.grade, why.words)
    assert Grade.C is passport.grade


def test_every_export_has_the_grade_its_reasons_and_the_passport(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0, **TOLD)])
    for written in (league_csv(page_of(ours)), trend_csv(page_of(ours))):
        rows = list(csv.DictReader(io.StringIO(written.decode())))
        (row,) = [each for each in rows if each["entity"] == "Alder"]
        assert set(PASSPORT_COLUMNS) <= set(row)
        assert ("B", "Watchers", "Free", "t") == tuple(
            row[name] for name in ("grade", "publisher", "licence", "imported_by")
        )
        assert row["grade_reasons"].startswith("region B: it is of Wales; ")


def test_published_values_leave_with_their_grade(ours: SmallWorld) -> None:
    ours.publish([benchmark("Alder", 95.0, **TOLD), benchmark("Birch", 4.0, unit="hours")])
    found = {each.entity: each for each in list_values(ours.runtime, LOCAL_USER, metric="otd")}
    assert ("B", "it is of Wales") == (found["Alder"].grade, found["Alder"].grade_reasons)
    assert "D" == found["Birch"].grade
    assert ("delivered orders", "b.csv") == (found["Alder"].base, found["Alder"].file_name)


def test_published_quantiles_place_us_between_them_and_never_beyond(ours: SmallWorld) -> None:
    group = {"entity_type": "industry", "sample_size": 40, "sample_unit": "companies"}
    quantiles = (("p25", 86.0), ("median", 88.0), ("p75", 92.0))
    ours.publish(
        [benchmark("All shops", value, statistic=name, **group) for name, value in quantiles]
    )
    assert (
        "Among All shops (Delivery Watch, Oct 2026) between the middle and the top quarter: place "
        "about 62 of 100, where 100 would be the best.",
    ) == page_of(ours).places
    ours.publish([benchmark("All shops", 89.0, statistic="p75", **group)])
    (told,) = page_of(ours).places
    assert "Better than the top quarter of All shops" in told
    assert {None} == {each.rank for each in page_of(ours).league}
