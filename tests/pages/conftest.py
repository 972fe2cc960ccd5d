"""Every page in the tests' small workspace, run by Streamlit's own test harness."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from callboard.access import LOCAL_USER, Actor
from callboard.services.runtime import Runtime
from callboard.storage.engine import open_store
from callboard.ui import cache, session
from tests.callboard.services.conftest import small_runtime  # noqa: F401 - a fixture used here
from tests.callboard.services.small_world import (
    WEEK_46,
    SmallWorld,
    benchmark,
    copy_store,
    day_rows,
    week_rows,
)

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def no_caches() -> Iterator[None]:
    """Nothing that another test has drawn is replayed."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def empty_world(
    tmp_path: Path,
    migrated_sqlite: Path,
    small_runtime: Runtime,  # noqa: F811
) -> Iterator[SmallWorld]:
    """The small workspace over a store without readings."""
    store = open_store(copy_store(migrated_sqlite, tmp_path))
    yield SmallWorld(replace(small_runtime, store=store))
    store.dispose()


@pytest.fixture
def full_world(empty_world: SmallWorld) -> SmallWorld:
    """Two years of weeks at two touchpoints, one of which fell last week, and four competitors."""
    falling = [(90.0 + week % 3 / 2, 100.0) for week in range(103)] + [(80.0, 100.0)]
    steady = [(95.0 + week % 3 / 2, 100.0) for week in range(104)]
    by_carrier = [
        row
        for carrier, share in (("Own fleet", 0.6), ("Northline", 0.4))
        for row in day_rows(
            "otd",
            "delivery",
            {
                WEEK_46 - timedelta(weeks=back): (falling[103 - back][0] * share, 100 * share)
                for back in range(2)
            },
            dimension="carrier",
            segment=carrier,
        )
    ]
    empty_world.add([*week_rows("otd", "delivery", falling), *by_carrier])
    empty_world.add(week_rows("abandon", "desk", [(5.0 + w % 4, 100.0) for w in range(104)]))
    empty_world.add(week_rows("returns", "delivery", steady))
    empty_world.reach()
    peers = (("Alder", 94.0), ("Birch", 92.5), ("Cedar", 91.0), ("Dogwood", 88.0))
    empty_world.publish([benchmark(entity, value) for entity, value in peers])
    return empty_world


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page of a world as an actor, at an address."""

    def open_page(
        page: str = "",
        *,
        of: Runtime | Callable[[], Runtime],
        actor: Actor = LOCAL_USER,
        **query: str | list[str],
    ) -> AppTest:
        monkeypatch.setattr(cache, "the_runtime", of if callable(of) else lambda: of)
        monkeypatch.setattr(session, "current_actor", lambda: actor)
        app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=30)
        if page:
            app.run().switch_page(f"pages/{page}")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return open_page


def text_of(app: AppTest) -> str:
    """All HTML of ours on the page, with ordinary spaces."""
    text = "\n".join(str(each.proto.body) for each in app.get("html"))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def key_of(app: AppTest, ending: str) -> str:
    """The key of the one button about the draft that ends so."""
    (key,) = (each.key for each in app.button if (each.key or "").endswith(ending))
    return str(key)
