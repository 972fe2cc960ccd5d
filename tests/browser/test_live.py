"""A publication that lands while somebody looks: what is new is marked, what is not stays put."""

from datetime import UTC, date, datetime
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select

from callboard.storage.engine import open_store, write
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.tables import rollup, series
from tests.browser.conftest import Visit

WEEK = date(2026, 11, 9)

_AS_MARKED = "at => getComputedStyle(at.querySelector('.cb-new')).display"


def _publish(home: Path, *, metric: str, touchpoint: str) -> None:
    """Correct a reading of the last week, as a refresh would, and publish it."""
    store = open_store(f"sqlite:///{home / 'store.db'}")
    mine = select(series.c.id).where(
        series.c.metric == metric, series.c.touchpoint == touchpoint, series.c.dimension == ""
    )
    week = rollup.c.series.in_(mine) & (rollup.c.start == WEEK) & (rollup.c.grain == "week")
    with write(store) as conn:
        more = {"numerator": rollup.c.numerator + 1}
        assert 1 == conn.execute(rollup.update().where(week).values(**more)).rowcount
        kind, at = PublicationKind.REFRESH, datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
        add_publication(conn, kind=kind, actor_id="test", note="", at=at)
    store.dispose()


def test_what_is_new_is_marked_within_five_seconds_and_the_rest_is_left_alone(
    own_site: str, tmp_path: Path, visit: Visit
) -> None:
    page = visit(own_site)
    tiles = page.locator("article.cb-tile")
    names = tiles.evaluate_all("all => all.map(at => at.dataset.tile)")
    touchpoint, metric = next(each for each in names if "abandon" in each).split("/")
    page.evaluate("() => document.querySelectorAll('article.cb-tile').forEach(at => at.mine = 1)")
    _publish(tmp_path / "home", metric=metric, touchpoint=touchpoint)
    fresh = page.locator(f'article.cb-tile[data-tile="{touchpoint}/{metric}"]')
    expect(fresh.get_by_text("new", exact=True)).to_be_visible(timeout=5_000)
    expect(page.get_by_role("status").filter(has_text="Updated 15:30: 1 figure")).to_be_visible()
    kept = page.locator(f'article.cb-tile:not([data-tile="{touchpoint}/{metric}"])')
    assert {1} == set(kept.evaluate_all("all => all.map(at => at.mine)"))
    assert {"none"} == {each.evaluate(_AS_MARKED) for each in kept.all()}
