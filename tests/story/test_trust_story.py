"""Bad rows, a feed that stops and a jump of scale: told, held, kept; and over once they are mended.

The example's own story, by way of the refresh, to a real listener and a real mail server.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from callboard.access import LOCAL_USER
from callboard.services.examples import demo
from callboard.services.notifying.listing import count_open, list_notices
from callboard.services.notifying.telling import deliver
from callboard.services.notifying.watching import note_changes
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import Runtime
from callboard.services.status import read_status
from callboard.services.tiles.touchpoint import read_touchpoint
from callboard.storage.engine import snapshot
from callboard.storage.quarantine import count_quarantine
from callboard.views import Badge, NoticeRow, Tile
from metrics.model import Grain
from tests.callboard.listeners import http_listener, mail_server
from tests.story.mending import mend
from tests.workspaces.filling import MOMENT, open_workspace
from tests.workspaces.places import DEMO

LATER = "2026-11-22T16:00"
OPTIONS = demo.Options(months=3)
DIRTY = {"contacts": 7, "deliveries": 3, "internal_requests": 2, "survey_answers": 3}
DIRTY |= {"web_vitals": 2}
HANDLING = "Call centre, Average handle time"
CHANNELS = """
notifications:
  webhooks:
    - {{name: ops, url: "{hook}"}}
  email:
    server: "smtp://{host}:{port}"
    sender: callboard@example.org
    to: [data@example.org]
"""


@dataclass
class Act:
    """What stands on the pages at a moment, and what was sent up to then."""

    badges: dict[str, Badge]
    tiles: dict[str, Tile]
    notices: tuple[NoticeRow, ...]
    kept_out: dict[str, int]
    is_open: int
    posts: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)


def _look(runtime: Runtime) -> Act:
    places = {
        place: read_touchpoint(runtime, LOCAL_USER, touchpoint=place, grain=Grain.DAY)
        for place in ("call_centre", "service_desk", "web_store", "field_delivery")
    }
    with snapshot(runtime.store) as conn:
        kept_out = count_quarantine(conn)
    return Act(
        badges={each.feed: each.badge for each in read_status(runtime, LOCAL_USER).feeds},
        tiles={f"{place}/{e.metric}": e for place, page in places.items() for e in page.tiles},
        notices=list_notices(runtime, LOCAL_USER),
        kept_out=kept_out,
        is_open=count_open(runtime, LOCAL_USER),
    )


def _rounds(workspace: Path, home: Path, now: str) -> Runtime:
    """Three rounds of the refresh process, of which only the first has anything to find."""
    runtime = open_workspace(workspace, home, now=now)
    for _ in range(3):
        refresh(runtime, LOCAL_USER)
        note_changes(runtime, LOCAL_USER)
        deliver(runtime, LOCAL_USER)
    return runtime


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Act, Act]:
    """The story with its faults, and after their owners have mended the sources."""
    folder = tmp_path_factory.mktemp("trust")
    workspace = copytree(DEMO, folder / "demo", ignore=ignore_patterns(".callboard"))
    with http_listener() as hook, mail_server() as post:
        with (workspace / "workspace.yaml").open("a", encoding="utf-8") as file:
            file.write(CHANNELS.format(hook=hook.url, host=post.host, port=post.port))
        first = open_workspace(workspace, folder / "home", now=MOMENT)
        demo.fill(first, LOCAL_USER, options=OPTIONS)
        broken = _look(_rounds(workspace, folder / "home", MOMENT))
        broken.posts = list(hook.texts)
        broken.mails = [str(each["Subject"]) for each in post.got]
        later = open_workspace(workspace, folder / "home", now=LATER)
        assert mend(later, folder, now=LATER, options=OPTIONS) > sum(DIRTY.values())
        well = _look(_rounds(workspace, folder / "home", LATER))
        well.posts = hook.texts[len(broken.posts) :]
        well.mails = [str(each["Subject"]) for each in post.got[len(broken.mails) :]]
    return broken, well


@pytest.fixture
def broken(acts: tuple[Act, Act]) -> Act:
    return acts[0]


@pytest.fixture
def well(acts: tuple[Act, Act]) -> Act:
    return acts[1]


def _kinds(act: Act) -> dict[tuple[str, str], tuple[str, Badge]]:
    return {(each.feed_name, each.where): (each.kind, each.badge) for each in act.notices}


def test_dirty_rows_wait_in_quarantine_and_are_a_warning(broken: Act) -> None:
    assert DIRTY == broken.kept_out
    warned = {feed for feed, badge in broken.badges.items() if badge is Badge.WARNINGS}
    assert DIRTY.keys() - {"contacts"} == warned
    assert ("Look at this", Badge.WARNINGS) == _kinds(broken)["Deliveries", ""]
    (card,) = broken.tiles["field_delivery/otd"].trust.cards
    assert "not so in" in str(card.failing)


def test_a_feed_that_stops_is_stale_and_told(broken: Act) -> None:
    assert Badge.STALE is broken.badges["backlog"]
    assert ("Stopped", Badge.STALE) == _kinds(broken)["Backlog", ""]
    assert Badge.STALE is broken.tiles["service_desk/backlog_open"].trust.badge


def test_a_jump_of_scale_holds_one_metric_at_one_touchpoint(broken: Act) -> None:
    tile = broken.tiles["call_centre/aht"]
    assert ("Contract broken", Badge.WITHHELD) == _kinds(broken)["Contacts", HANDLING]
    assert (Badge.WITHHELD, date(2026, 11, 17)) == (tile.trust.badge, tile.trust.as_of)
    assert Badge.PARTIAL is broken.badges["contacts"]
    others = {broken.tiles[each].trust.badge for each in ("call_centre/asa", "service_desk/fcr")}
    assert {Badge.WARNINGS} == others


def test_the_last_good_figure_stays_with_its_day(broken: Act, well: Act) -> None:
    tile, after = broken.tiles["call_centre/aht"], well.tiles["call_centre/aht"]
    assert ("2026-11-17", "2026-11-21") == (tile.period, after.period)
    assert tile.value is not None
    assert after.value is not None
    assert 0.5 < tile.value / after.value < 2  # not a sixtieth


def test_what_holds_a_figure_is_said_where_it_stands(broken: Act) -> None:
    (card,) = broken.tiles["call_centre/aht"].trust.cards
    assert any("within 20 times what is usual" in each for each in card.failing)
    assert "18 to 22 Nov 2026" in card.sentence
    assert card.owner


def test_all_that_is_found_at_first_comes_in_one_message(broken: Act) -> None:
    assert len(_kinds(broken)) == len(broken.notices) == broken.is_open == 7
    assert ["Harbour Stores: 7 changes of its data"] == broken.mails
    assert 1 == len(broken.posts)
    for words in ("Stopped: Backlog", "Contract broken: Contacts at Call centre", "Look at this"):
        assert words in broken.posts[0]


def test_once_the_sources_are_mended_everything_turns_back_by_itself(well: Act) -> None:
    assert {Badge.VERIFIED} == set(well.badges.values())
    assert {Badge.VERIFIED} == {each.trust.badge for each in well.tiles.values()}
    assert ({}, 0) == (well.kept_out, well.is_open)


def test_each_recovery_is_told_once(broken: Act, well: Act) -> None:
    new = well.notices[: len(well.notices) - len(broken.notices)]
    assert {"Well again"} == {each.kind for each in new}
    assert _kinds(broken).keys() == {(each.feed_name, each.where) for each in new}
    assert 7 == len(new) == len(well.mails) == len(well.posts)
    assert {"sent to ops; sent to e-mail"} == {each.delivered for each in well.notices}
