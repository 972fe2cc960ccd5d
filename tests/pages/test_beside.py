"""Another touchpoint beside, and the services behind, on the touchpoint page."""

from tests.callboard.services.small_world import SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"


def test_another_touchpoint_is_drawn_when_it_is_picked_and_leads_to_compare(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    asked = {"touchpoint": "delivery", "metric": "otd"}
    ours = [*([(90.0, 100.0)] * 103), (80.0, 100.0)]
    other = week_rows("otd", "desk", [(95.0, 100.0)] * 104)
    full_world.add([*week_rows("otd", "delivery", ours), *other])
    plain = text_of(open_app(PAGE, of=full_world.runtime, **asked))
    assert "Beside Service desk" not in plain
    app = open_app(PAGE, of=full_world.runtime, **asked, beside="desk")
    assert not app.exception
    assert "Field delivery 80.0 %, Service desk 95.0 %. Difference −15.0 pts" in text_of(app)
    assert "compare?metric=otd&amp;grain=week" in text_of(app)
    (chart,) = [each for each in app.get("plotly_chart") if each.key == "cb-beside"]
    assert "Difference −15.0" in chart.proto.alt


def test_a_service_behind_shows_its_sign_and_leads_to_what_needs_a_look(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    asked = {"touchpoint": "delivery", "metric": "otd"}
    assert "Depot</a> (no readings)" in text_of(open_app(PAGE, of=full_world.runtime, **asked))
    rows = [(40.0, None)] * 29 + [(400.0, None)]
    full_world.add(week_rows("backlog_open", "depot", rows))
    text = text_of(open_app(PAGE, of=full_world.runtime, **asked))
    assert 'href="touchpoint?touchpoint=depot&amp;metric=backlog_open"' in text
    assert "Stands on" in text
