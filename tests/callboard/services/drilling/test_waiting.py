"""How long cases stay open, on a small real store."""

from datetime import UTC, date, datetime, timedelta

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import NotAllowed
from callboard.services.drilling.waiting import read_waiting
from callboard.services.export import waiting_csv
from callboard.storage.readings import ReadingRow
from callboard.views import Waiting
from metrics.model import Grain
from metrics.sketch import sketch_of
from tests.callboard.services.small_world import TODAY, WEEK_46, SmallWorld

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)  # the small world is in London, on winter time
WEEK_45 = WEEK_46 - timedelta(weeks=1)


def _row(day: date, closed: list[float], *, still_open: int | None = 0) -> ReadingRow:
    begun = None if still_open is None else float(len(closed) + still_open)
    text = sketch_of(closed).to_json()
    return ReadingRow("desk", "ttr_p50", "", "", day, None, begun, len(closed), None, text)


def _read(world: SmallWorld, **question: object) -> Waiting | None:
    given = {"metric": "ttr_p50", "touchpoint": "desk", "grain": Grain.WEEK} | question
    return read_waiting(world.runtime, LOCAL_USER, **given)


@pytest.fixture
def cases(world: SmallWorld) -> SmallWorld:
    """Sixty cases of a Monday, all closed, and forty of a Saturday, half of them open."""
    world.reach(as_of=AS_OF, last_day=TODAY)
    world.add(
        [
            _row(WEEK_45, [2.0] * 30 + [10.0] * 30),
            _row(TODAY - timedelta(days=1), [2.0] * 20, still_open=20),
            _row(TODAY, [0.5] * 3, still_open=50),
        ]
    )
    return world


def test_the_cases_still_open_are_counted_in(cases: SmallWorld) -> None:
    # 100 cases; 50 closed at 2 h, the 20 open ones followed for 12 h, 30 closed at 10 h.
    view = _read(cases)
    assert view.sentence.startswith("Counting the 20 still open, half are settled within 2.0 h")
    assert "nine in ten after longer than could be seen so far" in view.sentence
    assert [50.0, 20.0] == pytest.approx([each.share for each in view.steps])


def test_those_old_enough_are_counted_with_their_interval(cases: SmallWorld) -> None:
    told = "Of the 60 opened at least 1 day before, 100.0 % (94.0 to 100.0 %) were settled within"
    assert told in _read(cases).sentence


def test_the_day_of_the_newest_row_is_left_out(cases: SmallWorld) -> None:
    assert _read(cases).note.startswith("100 cases opened 2 to 21 Nov 2026, as of Sun 22 Nov 2026")


def test_a_past_period_is_its_own_cases_as_they_are_known_now(cases: SmallWorld) -> None:
    cases.add([_row(WEEK_45 - timedelta(weeks=1), [3.0] * 55, still_open=5)])
    view = _read(cases, period="2026-10-26")
    assert view.sentence.startswith("Counting the 5 still open, half are settled within 3.0 h")
    assert view.note.startswith("60 cases opened 26 Oct to 1 Nov 2026")


def test_few_cases_bring_the_four_weeks_before_with_them(cases: SmallWorld) -> None:
    cases.add([_row(WEEK_45 - timedelta(weeks=3), [3.0] * 12)])
    view = _read(cases, period="2026-10-26")
    assert view.note.startswith("12 cases opened 28 Sep to 1 Nov 2026")
    assert view.sentence.startswith("None of the 12 is still open: half are settled")


def test_too_few_cases_are_not_told_of(world: SmallWorld) -> None:
    world.reach(as_of=AS_OF)
    world.add([_row(WEEK_45, [2.0] * 9)])
    view = _read(world)
    assert "Too few cases to say how long they take: 9 of at least 10." == view.sentence
    assert () == view.steps


def test_no_cases_at_all_are_too_few(world: SmallWorld) -> None:
    world.reach(as_of=AS_OF)
    assert "0 of at least 10" in _read(world).sentence


def test_readings_that_know_nothing_of_open_cases_say_so(world: SmallWorld) -> None:
    world.reach(as_of=AS_OF)
    world.add([_row(WEEK_45, [2.0] * 60, still_open=None)])
    assert "not counted yet" in _read(world).sentence


def test_a_metric_that_says_nothing_of_open_cases_has_no_such_part(world: SmallWorld) -> None:
    world.reach(as_of=AS_OF)
    assert None is _read(world, metric="otd", touchpoint="delivery")


def test_a_feed_that_was_never_read_has_no_such_part(world: SmallWorld) -> None:
    assert None is _read(world)


def test_a_touchpoint_outside_the_scope_is_refused(cases: SmallWorld) -> None:
    only_depot = Actor(
        id="a", name="A", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"depot"})
    )
    with pytest.raises(NotAllowed):
        read_waiting(
            cases.runtime, only_depot, metric="ttr_p50", touchpoint="desk", grain=Grain.WEEK
        )


def test_the_download_has_every_step(cases: SmallWorld) -> None:
    lines = waiting_csv(_read(cases)).decode().splitlines()
    assert 1 + 2 == len(lines)
    assert lines[1].startswith("ttr_p50,desk,")
    assert lines[1].endswith(",100")


def test_the_table_tells_how_many_were_followed_to_each_age(cases: SmallWorld) -> None:
    followed = {each.age_text: each.at_risk for each in _read(cases).ages}
    assert {
        "1 h": 100,
        "2 h": 50,
        "4 h": 50,
        "8 h": 50,
        "12 h": 20,
        "1 day": 0,
    } | followed == followed
