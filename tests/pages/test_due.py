"""Benchmarks whose next edition is due: told on Publish and Competitors, and settled."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services.publishing.renewing import list_due, settle_due
from callboard.storage.renewals import RenewalChoice
from callboard.views.upkeep import Due
from tests.callboard.services.small_world import SmallWorld, benchmark
from tests.pages.conftest import OpenPage, text_of

LINE = "1 benchmark is due: Doorstep Watch, quarterly, last Jun 2026, expected Sep 2026."
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def due_world(full_world: SmallWorld) -> SmallWorld:
    """A world where a quarterly publisher's last quarter lacks."""
    ends = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30))
    told = {"publisher": "Doorstep Watch", "entity": "Elm", "period_start": None}
    full_world.publish([benchmark(value=90.0, period_end=end, **told) for end in ends])
    return full_world


def opened(open_app: OpenPage, world: SmallWorld) -> AppTest:
    return open_app("30_publish.py", of=world.runtime)


def keep(app: AppTest) -> AppTest:
    app.button(key="cb-due-keep").click().run()
    assert not app.exception
    return app


def listed(world: SmallWorld) -> list[Due]:
    whole = list_due(world.runtime, LOCAL_USER, is_whole=True)
    return [each for each in whole if each.publisher == "Doorstep Watch"]


def test_publish_says_whose_next_edition_is_due(open_app: OpenPage, due_world: SmallWorld) -> None:
    assert LINE in text_of(opened(open_app, due_world))


def test_where_nothing_is_due_nothing_is_said(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = opened(open_app, full_world)
    assert "is due:" not in text_of(app)
    assert not [each for each in app.button if each.key == "cb-due-keep"]


def test_competitors_says_it_where_the_metric_is_looked_at(
    open_app: OpenPage, due_world: SmallWorld
) -> None:
    text = text_of(open_app("20_competitors.py", of=due_world.runtime, metric="otd"))
    assert f'{LINE} <a href="publish">Publish it</a>.' in text
    reader = open_app("20_competitors.py", of=due_world.runtime, metric="otd", actor=READER)
    assert f"{LINE}</p>" in text_of(reader)
    due_world.publish([benchmark("Fir", 4.0, metric="abandon")])
    other = text_of(open_app("20_competitors.py", of=due_world.runtime, metric="abandon"))
    assert "is due:" not in other


def test_what_somebody_looked_for_is_silent_until_the_next_step(
    open_app: OpenPage, due_world: SmallWorld
) -> None:
    app = keep(opened(open_app, due_world))
    text = text_of(app)
    assert "Doorstep Watch: you are reminded when the next edition should be out." in text
    assert LINE not in text
    assert [("waiting", date(2026, 12, 31))] == [(e.state, e.due_on) for e in listed(due_world)]
    assert LINE not in text_of(open_app("20_competitors.py", of=due_world.runtime, metric="otd"))


def test_an_edition_that_is_expected_on_a_day_is_silent_until_then(
    open_app: OpenPage, due_world: SmallWorld
) -> None:
    app = opened(open_app, due_world)
    app.radio(key="cb-due-choice-0").set_value("snoozed").run()
    assert "Say until when" in text_of(keep(app))
    app.date_input(key="cb-due-day-0").set_value(date(2027, 3, 1))
    assert "expected on 2027-03-01; you are reminded then" in text_of(keep(app))
    assert ["snoozed"] == [each.state for each in listed(due_world)]


def test_that_there_will_be_none_needs_a_reason(open_app: OpenPage, due_world: SmallWorld) -> None:
    app = opened(open_app, due_world)
    app.radio(key="cb-due-choice-0").set_value("stopped").run()
    assert "Say why no newer edition is wanted" in text_of(keep(app))
    app.text_input(key="cb-due-note-0").set_value("The survey was closed")
    assert "no newer edition is awaited" in text_of(keep(app))
    assert ["stopped"] == [each.state for each in listed(due_world)]


def test_a_reminder_that_was_stopped_speaks_again(
    open_app: OpenPage, due_world: SmallWorld
) -> None:
    told = {"publisher": "Doorstep Watch", "metrics": ["otd"], "note": "The survey was closed"}
    settle_due(due_world.runtime, LOCAL_USER, choice=RenewalChoice.STOPPED, **told)
    app = opened(open_app, due_world)
    app.session_state["cb-naming"] = True
    app.run()
    assert ">no more</td>" in text_of(app)
    app.button(key="cb-reminders-now").click().run()
    assert LINE in text_of(app)
    assert ["due"] == [each.state for each in listed(due_world)]
