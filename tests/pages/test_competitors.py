"""The competitors page: grades and passports beside numbers, and what stands over all metrics."""

from datetime import date

import pytest

from callboard.access import LOCAL_USER
from callboard.services.comparing.competitors import read_competitors
from tests.callboard.services.small_world import SmallWorld, benchmark, day_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "20_competitors.py"


@pytest.fixture
def text(open_app: OpenPage, full_world: SmallWorld) -> str:
    return text_of(open_app(PAGE, of=full_world.runtime))


def test_every_published_number_opens_its_passport(text: str, full_world: SmallWorld) -> None:
    page = read_competitors(full_world.runtime, LOCAL_USER, metric="otd")
    numbers = [each.passport for each in page.league if each.passport]
    assert 4 == len(numbers)
    for number in numbers:
        assert f'popovertarget="cb-passport-league-{number}"' in text
        assert f'id="cb-passport-league-{number}"' in text
    assert "n unknown" in text


def test_the_page_has_its_sentences_and_tables_over_all_metrics(text: str) -> None:
    for title in ("Level and direction", "One competitor over all metrics", "What we do not know"):
        assert title in text
    assert '<a href="definitions?metric=nps">' in text
    assert 1 == text.count("Nobody has published a value that is known here")


def test_a_grade_is_a_letter_with_a_shape(text: str) -> None:
    assert "◐ B</b>" in text


def test_one_competitor_is_picked_by_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, competitor="Cedar")
    assert not app.exception
    assert "Cedar, all metrics" in text_of(app)


def test_markup_in_a_passport_stays_text(open_app: OpenPage, full_world: SmallWorld) -> None:
    evil = "<img src=x onerror=alert(1)>"
    full_world.publish(
        [benchmark("Alder", 93.0, publisher=evil, licence=evil, source_url="javascript:x")]
    )
    text = text_of(open_app(PAGE, of=full_world.runtime))
    assert evil not in text
    assert "&lt;img src=x" in text
    assert "javascript:" not in text


def test_what_is_restated_or_too_old_says_so_in_the_league(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    old = {"period_start": date(2024, 1, 1), "period_end": date(2024, 1, 31)}
    full_world.publish([benchmark("Alder", 93.0), benchmark("Larch", 93.0, **old)])
    text = text_of(open_app(PAGE, of=full_world.runtime))
    assert "restated on 20 Nov 2026: was 94.0 %" in text
    assert "older than 18 months" in text


def test_the_touchpoint_leads_to_where_the_peers_values_come_from(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app("10_touchpoint.py", of=full_world.runtime, touchpoint="delivery", metric="otd")
    assert '<a href="competitors?metric=otd">Where the peers' in text_of(app)


def test_without_any_benchmark_it_lists_what_is_not_known_and_how_to_publish(
    open_app: OpenPage, empty_world: SmallWorld
) -> None:
    empty_world.add(day_rows("otd", "delivery", {date(2026, 11, 1): (90.0, 100.0)}))
    empty_world.reach()
    app = open_app(PAGE, of=empty_world.runtime)
    text = text_of(app)
    assert not app.exception
    assert "What we do not know" in text
    assert '<a href="definitions?metric=otd">On-time delivery</a>' in text
    assert 2 == text.count('<a href="publish">Publish a benchmark file</a>')
