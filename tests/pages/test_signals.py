"""The page of signals: the answer, the cards in their groups, and the acts upon one."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER
from callboard.services.annotating.annotations import add as annotate
from callboard.services.signalling.acts import assign
from callboard.views import WrittenAnnotation
from tests.callboard.services.signalling.changed_world import LATE as SIGNAL
from tests.callboard.services.signalling.changed_world import LEAD, READER, fill
from tests.callboard.services.small_world import SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "12_signals.py"
LATE = "delivery.otd.2026-11-02"


@pytest.fixture
def changed(empty_world: SmallWorld) -> SmallWorld:
    return fill(empty_world)


def widget(app: AppTest, kind: str, key: str):
    return next(each for each in app.get(kind) if (each.key or "").startswith(key))


def test_the_page_answers_first_and_shows_each_signal_once(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    text = text_of(open_app(PAGE, of=changed.runtime))
    assert "<h1>2 concerns and 1 improvement began in the last 12 weeks; 3 are not ack" in text
    assert 3 == text.count('<article class="cb-signal')
    assert "70.0 % over 2 weeks, usually 88.9 %: 18.9 pts lower." in text
    assert 'href="touchpoint?touchpoint=delivery&amp;metric=otd&amp;grain=week"' in text
    assert "Depot may be behind this" in text
    assert "Of 3 metrics at their touchpoints, chance alone would bring hardly any" in text


def test_a_row_of_signals_is_open_and_more_are_folded_and_counted(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    liked = [(30.0 + week % 3, 100.0) for week in range(35)] + [(60.0, 100.0)]
    changed.add(week_rows("nps", "desk", liked))
    text = text_of(open_app(PAGE, of=changed.runtime))
    assert "Service desk changed in the week of 9 Nov" in text
    assert "<details><summary>" not in text
    more = [(20.0 + week % 3, 1000.0) for week in range(35)] + [(80.0, 1000.0)]
    changed.add(week_rows("complaints", "delivery", more))
    said = WrittenAnnotation(touchpoint="", metric="", first="2026-11-04", text="A <i>strike</i>")
    annotate(changed.runtime, LOCAL_USER, said)
    text = text_of(open_app(PAGE, of=changed.runtime))
    assert "Began with “A &lt;i&gt;strike&lt;/i&gt;”, 4 Nov" in text
    assert "2 concerns and 2 improvements; 4 are not acknowledged <small>" in text


def test_the_filters_come_from_the_address_and_links_keep_them(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, kind="good", back="4", touchpoints=["desk"])
    text = text_of(app)
    assert "<h1>1 improvement began in the last 4 weeks; 1 is not acknowledged.</h1>" in text
    assert (
        "signals?touchpoints=desk&amp;back=4&amp;kind=good&amp;signal=desk.abandon.2026-11-09"
        in text
    )
    assert "Field delivery" not in text


def test_a_choice_without_signals_is_a_state_with_a_next_step(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, standing="acknowledged", signal=LATE)
    assert "None is acknowledged yet" in text_of(app)
    good = text_of(open_app(PAGE, of=changed.runtime, kind="good", touchpoints=["delivery"]))
    assert "No improvement began in the last 12 weeks; 1 concern did, or was first seen." in good
    assert "No signals for this choice" in good
    assert not app.exception


def test_a_signal_is_acknowledged_and_that_is_undone(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, signal=LATE)
    widget(app, "button", "cb-signal-check").click().run()
    assert "Acknowledged by local" in text_of(app)
    assert "2 are not acknowledged.</h1>" in text_of(app)
    widget(app, "button", "cb-signal-undo").click().run()
    assert "3 are not acknowledged.</h1>" in text_of(app)


def test_all_signals_of_a_group_are_acknowledged_at_once(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, signal=LATE)
    widget(app, "button", "cb-signal-all").click().run()
    assert "2 signals are acknowledged." in text_of(app)
    assert "1 is not acknowledged.</h1>" in text_of(app)


def test_a_signal_is_given_to_a_person_with_a_day_and_is_done(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, signal=LATE)
    widget(app, "text_input", "cb-signal-who").set_value("Kim <i>Lee</i>")
    widget(app, "date_input", "cb-signal-due").set_value(date(2026, 12, 1))
    next(each for each in app.button if each.label == "Assign").click().run()
    assert "Kim &lt;i&gt;Lee&lt;/i&gt; has it, due 1 Dec 2026" in text_of(app)
    widget(app, "button", "cb-signal-task_alt").click().run()
    assert "Done, said local on 22 Nov" in text_of(app)
    assert not app.exception


def test_a_name_on_a_button_stays_a_name_and_a_page_that_is_behind_takes_nothing_back(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    assign(changed.runtime, LEAD, SIGNAL, to="*Kim*", due=date(2026, 12, 1))
    app = open_app(PAGE, of=changed.runtime, signal=LATE)
    assert r"Take it back from \*Kim\*" in [each.label for each in app.button]
    assign(changed.runtime, LEAD, SIGNAL, to="Lee", due=date(2026, 12, 1))
    widget(app, "button", "cb-signal-take").click().run()
    assert "Somebody has acted meanwhile; look again." in text_of(app)


def test_a_comment_is_kept_and_taken_back_and_an_empty_one_refused(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, signal=LATE)
    next(each for each in app.button if each.label == "Keep").click().run()
    assert "an empty comment is not kept" in text_of(app)
    assert "cb_fold_signal" not in app.session_state  # what was typed stays open
    widget(app, "text_area", "cb-signal-text").set_value("<b>Snow</b>")
    next(each for each in app.button if each.label == "Keep").click().run()
    assert "“&lt;b&gt;Snow&lt;/b&gt;” <small>local, 22 Nov</small>" in text_of(app)
    assert ["Comment kept"] == [each.value for each in app.toast]
    assert 1 == app.session_state["cb_fold_signal"]  # a new fold, which is shut
    next(each for each in app.button if each.label == "Take it back").click().run()
    text = text_of(app)
    assert "A comment, taken back by local on 22 Nov" in text
    assert "&lt;b&gt;Snow" not in text
    assert "Take it back" not in [each.label for each in app.button]


def test_who_may_not_act_reads_on_and_who_sees_less_is_told_less(
    open_app: OpenPage, changed: SmallWorld
) -> None:
    app = open_app(PAGE, of=changed.runtime, actor=READER, signal=LATE)
    assert "70.0 % over 2 weeks" in text_of(app)
    assert "Act on it" not in text_of(app)
    assert not [each for each in app.button if (each.key or "").startswith("cb-signal")]
    mine = text_of(open_app(PAGE, of=changed.runtime, actor=LEAD))
    assert "1 concern began" in mine
    assert "Depot" not in mine
