"""The digest goes out once a week at its hour, pictures inside; a failure is tried again."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PIL import Image

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.digest.scheduling import last_due, make_letter, send_digest, send_if_due
from callboard.workspace import DigestOrder
from tests.callboard.services.notifying.telling_world import TellingWorld, telling
from tests.callboard.services.signalling.test_assigned import DESK_LEAD, GIVEN, do
from tests.callboard.services.small_world import SmallWorld, week_rows
from tests.charts.test_theme import contrast

SUNDAY = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PAPERS = "#fbfaf7", "#12161b"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ORDER = DigestOrder(address="https://callboard.example.org", to=("board@example.org",))


@pytest.fixture
def told(world: SmallWorld) -> Iterator[TellingWorld]:
    with telling(world) as found:
        _order(found, ORDER)
        found.add(
            week_rows("otd", "delivery", [(95 + at % 2, 100) for at in range(13)] + [(60, 100)])
        )
        yield found


def _order(world: TellingWorld, order: DigestOrder | None) -> None:
    definitions = world.runtime.definitions
    assert definitions.notifications is not None
    told = definitions.notifications.model_copy(update={"digest": order})
    world.runtime = replace(world.runtime, definitions=replace(definitions, notifications=told))


def _at(world: TellingWorld, moment: datetime) -> int:
    world.go_to(moment)
    return len(send_if_due(world.runtime, LOCAL_USER))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-30T05:59+00:00", "2026-03-23T07:00+00:00"),
        ("2026-03-30T06:00+00:00", "2026-03-30T06:00+00:00"),  # summer time since the day before
        ("2026-11-22T14:30+00:00", "2026-11-16T07:00+00:00"),
        ("2026-11-23T07:00+00:00", "2026-11-23T07:00+00:00"),
    ],
)
def test_it_is_due_at_its_hour_on_the_clock_of_the_workspace(now: str, expected: str) -> None:
    order = DigestOrder.model_validate({"weekday": "monday", "at": "07:00"})
    found = last_due(order, datetime.fromisoformat(now), "Europe/London")
    assert datetime.fromisoformat(expected) == found


def test_it_goes_out_once_for_each_monday_and_not_at_first_sight(told: TellingWorld) -> None:
    assert 0 == _at(told, SUNDAY)
    assert 0 == _at(told, MONDAY - MINUTE)
    assert 1 == _at(told, MONDAY)
    assert 0 == _at(told, MONDAY + DAY)
    assert [["board@example.org"]] == told.post.to
    assert 1 == _at(told, MONDAY + 9 * DAY)  # nothing ran on the day itself
    assert 2 == len(told.post.got)


def test_what_fails_is_tried_again_after_a_while(told: TellingWorld) -> None:
    _at(told, SUNDAY)
    told.post.refused = frozenset({"board@example.org"})
    assert 1 == _at(told, MONDAY)
    assert 0 == _at(told, MONDAY + MINUTE / 2)
    told.post.refused = frozenset()
    assert 1 == _at(told, MONDAY + MINUTE)
    assert 1 == len(told.post.got)
    assert 0 == _at(told, MONDAY + 5 * MINUTE)


def test_the_letter_has_text_html_and_its_pictures_inside(told: TellingWorld) -> None:
    send_digest(told.runtime, LOCAL_USER)
    (letter,) = told.post.got
    assert "Small Stores, week 46, 2026: 1 promise at risk" == str(letter["Subject"])
    text, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert "- On-time delivery, Field delivery: 60.0 %" in text.get_content()
    assert html is not None
    assert 'src="cid:tile0"' in html.get_content()
    assert "https://callboard.example.org/touchpoint?touchpoint=delivery" in html.get_content()
    (picture,) = (each for each in letter.walk() if each.get_content_type() == "image/png")
    assert "<tile0>" == picture["Content-ID"]
    assert (320, 88) == Image.open(io.BytesIO(picture.get_content())).size


def test_the_letter_is_read_on_dark_paper_as_well(told: TellingWorld) -> None:
    letter = make_letter(told.runtime, LOCAL_USER)
    assert "prefers-color-scheme:dark" in letter.html
    drawn = Image.open(io.BytesIO(letter.pictures[0].png))
    assert 0 == drawn.getchannel("A").getpixel((0, 0))
    inks = {f"#{bytes(ink[:3]).hex()}" for _, ink in drawn.getcolors() if ink[3] == 255}
    assert 2 <= len(inks)
    assert 3 <= min(contrast(ink, paper) for ink in inks for paper in PAPERS)


def test_nothing_in_the_letter_is_fetched_from_elsewhere(told: TellingWorld) -> None:
    html = make_letter(told.runtime, LOCAL_USER).html
    assert 1 == html.count("src=")
    assert "url(" not in html
    assert "<script" not in html


def test_a_name_in_the_letter_is_text(told: TellingWorld) -> None:
    workspace = told.runtime.workspace.model_copy(update={"name": "<b>Bold</b>"})
    letter = make_letter(replace(told.runtime, workspace=workspace), LOCAL_USER)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in letter.html
    assert "<b>Bold" not in letter.html


def test_a_good_week_says_that_nothing_is_of_concern(world: SmallWorld) -> None:
    with telling(world) as told:
        _order(told, ORDER)
        told.add(week_rows("otd", "delivery", [(95 + at % 2, 100) for at in range(14)]))
        assert "OF CONCERN\nNone.\n" in make_letter(told.runtime, LOCAL_USER).text


def test_the_digest_tells_what_its_reader_may_see(told: TellingWorld) -> None:
    lead = Actor(
        id="l", name="L", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
    )
    assert "Field delivery" not in make_letter(told.runtime, lead).text


def test_what_people_have_to_do_is_told_with_since_when_it_is_overdue(told: TellingWorld) -> None:
    do(told, assignee="<b>Kim</b>", note="Ask the <i>depot</i>")
    do(told, key=GIVEN.key._replace(metric="nps", touchpoint="desk"), due=date(2026, 11, 29))
    do(told, key=GIVEN.key._replace(metric="abandon"), due=date(2026, 11, 30))
    letter = make_letter(told.runtime, LOCAL_USER)
    what = "On-time delivery, Field delivery: concern since 5 Oct"
    assert f"\nDUE AND OVERDUE\n- <b>Kim</b>, overdue since 21 Nov 2026: {what}\n" in letter.text
    assert "\n- Kim, due 29 Nov 2026: " in letter.text
    assert "30 Nov" not in letter.text
    assert "<b>&lt;b&gt;Kim&lt;/b&gt;</b>, overdue since 21 Nov 2026: <a href=" in letter.html
    assert "Ask the &lt;i&gt;depot&lt;/i&gt;" in letter.html
    mine = make_letter(told.runtime, DESK_LEAD)
    assert "29 Nov" in mine.text
    assert "overdue since" not in mine.text + mine.html


def test_without_an_order_none_is_sent(told: TellingWorld) -> None:
    _order(told, None)
    assert 0 == _at(told, MONDAY)
    with pytest.raises(CallboardError, match="orders no digest"):
        send_digest(told.runtime, LOCAL_USER)


def test_only_who_may_notify_sends_one(told: TellingWorld) -> None:
    executive = Actor(id="e", name="E", roles=frozenset({Role.EXECUTIVE}))
    with pytest.raises(NotAllowed):
        send_digest(told.runtime, executive)
    with pytest.raises(NotAllowed):
        send_if_due(told.runtime, executive)
