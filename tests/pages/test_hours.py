"""By weekday and hour on the touchpoint page."""

from datetime import timedelta

from callboard.storage.hours import HourRow
from tests.callboard.services.small_world import TODAY, SmallWorld
from tests.pages.conftest import OpenPage, text_of

PAGE = "10_touchpoint.py"


def test_the_hours_are_drawn_told_and_tabled_where_there_are_any(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    asked = {"touchpoint": "delivery", "metric": "otd"}
    assert "By weekday and hour" not in text_of(open_app(PAGE, of=full_world.runtime, **asked))
    days = [TODAY - timedelta(days=back) for back in range(1, 29)]
    full_world.add_hours(
        [
            HourRow("delivery", "otd", day, hour, 40.0 if hour == 17 else 90.0, 100.0, 100)
            for day in days
            for hour in (9, 17)
        ]
    )
    full_world.add([])  # a publication, as a refresh makes one
    app = open_app(PAGE, of=full_world.runtime, **asked)
    assert "17:00 to 18:00 and 6 others, 40.0 %, clearly so. Best: " in text_of(app)
    assert "Hours have been kept since 25 Oct 2026." in text_of(app)
    (chart,) = [each for each in app.get("plotly_chart") if each.key == "cb-hours"]
    assert "by weekday and hour, Field delivery. Worst: " in chart.proto.alt
    app.toggle(key="cb-hours-table").set_value(True).run()
    assert "17:00 to 18:00</th>" in text_of(app)
