"""Deliveries in quarantine at three places of the small workspace, one of them unknown."""

import json
from datetime import UTC, date, datetime
from typing import Any

from callboard.storage.engine import write
from callboard.storage.quarantine import FailingRow, replace_quarantine
from tests.callboard.services.feed_world import delivery
from tests.callboard.services.small_world import SmallWorld

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
PLACES = ("delivery", "desk", "nowhere")


def raw_row(place: str, **parts: Any) -> str:
    """A delivery of Friday as a feed gave it, with fewer units than none."""
    row = delivery(place, datetime(2026, 11, 20, 9, tzinfo=UTC), touchpoint=place)
    return json.dumps(row | {"units": -1} | parts, default=str)


def failing(place: str, **parts: Any) -> FailingRow:
    return FailingRow(
        row_key=place,
        raw=raw_row(place, **parts),
        rule_ids=("units.range",),
        messages=("units is at least 0 Found: -1",),
        day=FRIDAY,
        touchpoint="" if place == "nowhere" else place,
    )


def keep_out(world: SmallWorld, *rows: FailingRow, run: int = 1) -> None:
    """Let rows be all that wait of Friday."""
    with write(world.runtime.store) as conn:
        replace_quarantine(conn, feed="deliveries", run_id=run, days=[FRIDAY], rows=rows, at=AT)
