"""Acting on rows and rules on the trust page, and looking back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.services import trust
from callboard.services.kept_out_export import quarantine_csv
from callboard.services.trusting.quarantine import read_quarantine
from callboard.services.trusting.waiving import waive_rule
from callboard.storage.engine import write
from callboard.storage.runs import SliceState, read_feed_states, write_feed_state
from callboard.views import QuarantinedRow
from data_contracts.evidence import State
from tests.callboard.services.small_world import TODAY, SmallWorld
from tests.callboard.services.trusting.quarantine_rows import PLACES, failing, keep_out
from tests.callboard.services.trusting.test_history import _result, run
from tests.pages.conftest import OpenPage, text_of

PAGE = "40_data_trust.py"
ANALYST = Actor(id="ann", name="Ann", roles=frozenset({Role.ANALYST}))
EXECUTIVE = Actor(id="eve", name="Eve", roles=frozenset({Role.EXECUTIVE}))


@pytest.fixture
def waiting(full_world: SmallWorld) -> SmallWorld:
    """A delivery at each of three places waits in quarantine."""
    keep_out(full_world, *map(failing, PLACES))
    return full_world


def rows_of(world: SmallWorld) -> dict[str, QuarantinedRow]:
    page = read_quarantine(world.runtime, LOCAL_USER, feed="deliveries", status="any")
    return {row.row_key: row for row in page.rows}


def at(open_app: OpenPage, world: SmallWorld, show: str, **asked: str) -> AppTest:
    actor = asked.pop("actor", LOCAL_USER)
    return open_app(PAGE, of=world.runtime, actor=actor, feed="deliveries", show=show, **asked)


def field(app: AppTest, name: str) -> str:
    """The key of the one field so called."""
    (key,) = {
        str(each.key)
        for kind in ("text_input", "selectbox", "date_input", "file_uploader")
        for each in app.get(kind)
        if str(each.key).startswith(f"cb-trust-{name}-")
    }
    return key


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def test_rows_are_filtered_corrected_and_said_to_wait(
    open_app: OpenPage, waiting: SmallWorld
) -> None:
    row = rows_of(waiting)["desk"]
    app = at(open_app, waiting, "quarantine", place="desk", row=str(row.id))
    assert "1 row, the newest first." in text_of(app)
    app.text_input(key=field(app, "value-units")).set_value("3")
    app.text_input(key=field(app, "correct-why")).set_value("asked the desk")
    press(app, "Correct the row")
    assert not app.exception
    text = text_of(app)
    assert "Row corrected" in text
    assert "Corrected: the next refresh takes it in." in text
    assert "local: corrected (units = 3): asked the desk" in text


def test_a_correction_that_still_breaks_says_why_and_keeps_what_was_typed(
    open_app: OpenPage, waiting: SmallWorld
) -> None:
    app = at(open_app, waiting, "quarantine", row=str(rows_of(waiting)["desk"].id))
    app.text_input(key=field(app, "value-units")).set_value("-4")
    app.text_input(key=field(app, "correct-why")).set_value("guessed")
    press(app, "Correct the row")
    assert "It would still break its contract." in text_of(app)
    assert "-4" == app.text_input(key=field(app, "value-units")).value


def test_what_somebody_else_did_meanwhile_is_not_undone(
    open_app: OpenPage, waiting: SmallWorld
) -> None:
    from callboard.services.trusting.correcting import correct_row

    number = rows_of(waiting)["desk"].id
    app = at(open_app, waiting, "quarantine", row=str(number))
    app.text_input(key=field(app, "value-units")).set_value("3")
    app.text_input(key=field(app, "correct-why")).set_value("asked")
    correct_row(waiting.runtime, ANALYST, row=number, fields={"units": "9"}, note="counted")
    press(app, "Correct the row")
    assert "Somebody acted on this row meanwhile" in text_of(app)
    assert "9" == rows_of(waiting)["desk"].fields["units"]
    assert "9" == app.text_input(key=field(app, "value-units")).value


def test_a_row_is_left_out_and_waits_again(open_app: OpenPage, waiting: SmallWorld) -> None:
    number = str(rows_of(waiting)["desk"].id)
    app = at(open_app, waiting, "quarantine", status="any", row=number)
    app.text_input(key=field(app, "waive-why")).set_value("a test order")
    press(app, "Leave it out")
    assert "waived by local" in text_of(app)
    app.text_input(key=field(app, "reopen-why")).set_value("it was none")
    press(app, "Let it wait again")
    assert "Row waits again" in text_of(app)
    assert "open" == rows_of(waiting)["desk"].status


def test_open_rows_are_read_again_on_request(open_app: OpenPage, waiting: SmallWorld) -> None:
    app = at(open_app, waiting, "quarantine")
    app.button(key="cb-replay").click().run()
    assert "The next refresh reads 20 Nov 2026 again." in text_of(app)


def test_a_corrected_file_is_taken_in_and_what_was_not_is_listed(
    open_app: OpenPage, waiting: SmallWorld
) -> None:
    known = [row for place, row in rows_of(waiting).items() if place != "nowhere"]
    content = quarantine_csv(known).decode()
    mended = content.replace("'-1", "2", 1).replace("'-1", "'-8", 1)
    app = at(open_app, waiting, "quarantine")
    app.file_uploader(key=field(app, "file-content")).upload("rows.csv", mended.encode())
    app.text_input(key=field(app, "file-why")).set_value("asked the depot")
    press(app, "Take the corrections in")
    text = text_of(app)
    assert "1 not taken, listed below" in text
    assert "Found: -8" in text


def test_who_may_only_look_is_offered_no_act(open_app: OpenPage, waiting: SmallWorld) -> None:
    app = at(open_app, waiting, "quarantine", actor=EXECUTIVE)
    assert "Eve may not read rows" in text_of(app)
    rules = at(open_app, waiting, "rules", actor=ANALYST)
    assert [] == [each.label for each in rules.button if "Waive" in each.label]


def test_hostile_rows_stay_text_a_page_at_a_time(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    evil = "<img src=x onerror=alert(1)>"
    made = [
        replace(failing("desk", carrier=f"{evil}{n}"), row_key=f"{evil}{n}", messages=(evil,))
        for n in range(120)
    ]
    keep_out(full_world, *made)
    app = at(open_app, full_world, "quarantine", part="2")
    assert "Rows 51 to 100 of 120, the newest first." in text_of(app)
    assert evil not in text_of(app)
    assert 50 == text_of(app).count("&lt;img src=x onerror=alert(1)&gt;</div>")
    app.button(key="cb-quarantine-older").click().run()
    assert "Rows 101 to 120 of 120" in text_of(app)


def test_a_rule_is_waived_shown_and_withdrawn(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = at(open_app, full_world, "rules")
    app.selectbox(key=field(app, "waive-rule")).set_value("slice.scale")
    app.selectbox(key=field(app, "waive-where")).set_value("desk")
    app.text_input(key=field(app, "waive-why")).set_value("new scale on purpose")
    press(app, "Waive the rule")
    text = text_of(app)
    assert "Rule waived" in text
    assert "new scale on purpose" in text
    assert "in force" in text
    app.text_input(key=field(app, "withdraw-why")).set_value("it was none")
    press(app, "Withdraw")
    assert "withdrawn by local" in text_of(app)


def test_a_waiver_that_has_ended_is_still_shown(open_app: OpenPage, full_world: SmallWorld) -> None:
    given = {"feed": "deliveries", "rule": "slice.scale", "why": "x", "until": TODAY}
    waive_rule(full_world.runtime, LOCAL_USER, **given)  # type: ignore[arg-type]
    app = open_app(PAGE, of=full_world.at("2026-11-25T10:00"), feed="deliveries", show="rules")
    assert "expired" in text_of(app)


def test_a_broken_rule_says_since_when_in_one_link(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    run(full_world, 0, _result("units.range", State.PASS))
    first = run(full_world, 1, _result("units.range", State.FAIL))
    run(full_world, 2, _result("units.range", State.FAIL))
    app = at(open_app, full_world, "rules")
    href = f"data_trust?feed=deliveries&amp;show=history&amp;trend=units.range&amp;run={first}"
    assert f'<a href="{href}">19 Nov (run {first})</a>' in text_of(app)
    assert "great_expectations 1.24.1 judged the counts" in text_of(app)
    assert "expect_column_max_to_be_between" in text_of(app)


def test_feeds_are_read_once_until_a_run_or_an_act(
    open_app: OpenPage, full_world: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter(range(10))
    monkeypatch.setattr(
        trust, "read_feed_states", lambda conn: (next(asked), read_feed_states(conn))[1]
    )
    run(full_world, 0, _result("units.range", State.PASS))
    app = at(open_app, full_world, "rules")
    app.run()
    assert "Fails: " not in text_of(app)
    run(full_world, 1, _result("units.range", State.FAIL))  # publishes nothing
    assert "Fails: units.range holds" in text_of(app.run())
    given = {"feed": "deliveries", "rule": "slice.scale", "why": "on purpose", "until": TODAY}
    waive_rule(full_world.runtime, LOCAL_USER, **given)  # type: ignore[arg-type]
    assert "on purpose" in text_of(app.run())
    assert 3 == next(asked)


def test_the_history_shows_runs_a_trend_and_one_run(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    run(full_world, 0, _result("units.range", State.PASS))
    first = run(full_world, 1, _result("units.range", State.FAIL))
    app = at(open_app, full_world, "history", trend="units.range", run=str(first))
    assert not app.exception
    text = text_of(app)
    assert 2 == text.count("<li><a")
    assert f"Broken since 19 Nov (run {first})." in text
    assert f"<h2>Run {first}</h2>" in text
    assert 1 == len(app.get("plotly_chart"))


def test_a_run_there_is_not_reads_like_a_missing_one(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    run(full_world, 0, _result("units.range", State.PASS))
    app = at(open_app, full_world, "history", run="999")
    assert "There is no run 999 of deliveries." in text_of(app)


def test_days_that_are_held_are_told_with_their_reason(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    run(full_world, 0, _result("units.range", State.PASS))
    held = tuple(TODAY - timedelta(days=n) for n in range(5))
    part = SliceState(touchpoint="desk", metric="otd", held=held, reasons=("A jump in scale.",))
    with write(full_world.runtime.store) as conn:
        state = read_feed_states(conn)["deliveries"]
        write_feed_state(conn, replace(state, slices=(part,)))
    text = text_of(at(open_app, full_world, "rules"))
    assert "Service desk, On-time delivery" in text
    assert "5 days from 18 to 22 Nov 2026" in text
    assert "A jump in scale." in text


def test_only_broken_rules_are_told_of_a_feed_each_once(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    part = replace(_result("units.range", State.FAIL), slice_key="desk")
    open_one = replace(_result("slice.volume", State.NOT_EVALUATED), description="Never looked at.")
    run(full_world, 0, _result("units.range", State.FAIL), part, open_one)
    text = text_of(at(open_app, full_world, "rules"))
    told = text.partition("Fails: ")[2].partition("</td>")[0]
    assert f"{_result('units.range', State.FAIL).description.rstrip('.')}." == told.strip()


def test_rows_behind_a_rule_are_asked_of_the_feed_which_may_be_down(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    run(full_world, 0, _result("units.range", State.FAIL))
    app = at(open_app, full_world, "rules")
    app.button(key="cb-ask-rule-rows").click().run()
    assert not app.exception
    assert "The feed does not answer" in text_of(app)
