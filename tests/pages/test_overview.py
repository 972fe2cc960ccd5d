"""The overview: the sentence, what changed, the lanes, the choice in the address."""

from dataclasses import dataclass, field, fields, replace

import pytest

from callboard.errors import StoreUnavailable
from callboard.services.runtime import Runtime
from tests.callboard.services.small_world import SmallWorld, week_rows
from tests.pages.conftest import OpenPage, text_of

FAR = (60.0, 100.0)


def test_the_sentence_comes_before_the_tiles(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app(of=full_world.runtime))
    assert text.index("<h1>1 promise at risk") < text.index('class="cb-tile')


def test_what_changed_links_to_its_metric(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app(of=full_world.runtime))
    changes = text[text.index("cb-changes") : text.index('class="cb-tile ')]
    assert "touchpoint?touchpoint=delivery&amp;metric=otd" in changes


def test_what_changed_says_how_much_and_whose_it_is(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    full_world.add(week_rows("abandon", "desk", [*[(10.0, 100.0), (12.0, 100.0)] * 18, FAR]))
    text = text_of(open_app(of=full_world.runtime))
    changes = text[text.index('class="cb-changes"') : text.index('class="cb-tile ')]
    assert ", usually " in changes
    assert "<p>Owner: Ada. Not acknowledged</p>" in changes


@pytest.mark.parametrize(("asked", "cards"), [({}, 6), ({"changes": "all"}, 7)])
def test_all_that_changed_is_one_link_away(
    asked: dict[str, str], cards: int, open_app: OpenPage, full_world: SmallWorld
) -> None:
    counts = [*[(10.0, 100.0), (12.0, 100.0)] * 18, FAR]
    for metric in ("abandon", "asa", "backlog_open"):
        rows = [week_rows(metric, place, counts) for place in ("desk", "delivery")]
        full_world.add(rows[0] + rows[1])
    text = text_of(open_app(of=full_world.runtime, **asked))
    assert cards == text.count('class="cb-change ')
    more = '<a href="./?grain=week&amp;changes=all">and 1 more</a>'
    assert (cards == 6) is (more in text)


def _against_each_other(world: SmallWorld) -> Runtime:
    """On-time delivery is better and abandonment worse at one touchpoint, and they trade."""
    better = [*[(90.0, 100.0), (92.0, 100.0)] * 18, (100.0, 100.0)]
    worse = [*[(10.0, 100.0), (12.0, 100.0)] * 18, FAR]
    world.add(week_rows("otd", "desk", better))
    world.add(week_rows("abandon", "desk", worse))
    known = world.runtime.definitions
    otd = known.metrics["otd"].model_copy(update={"trades_with": ("abandon",)})
    definitions = replace(known, metrics=known.metrics | {"otd": otd})
    return replace(world.runtime, definitions=definitions)


def test_a_trade_off_is_one_card(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app(of=_against_each_other(full_world)))
    told = "On-time delivery better while abandonment rate worse, Service desk, both in week 46"
    assert f"<h3>{told}</h3>" in text
    assert "Whether one has to do with the other, the figures do not say." in text
    assert 1 == text.count('<article class="cb-change')


def test_good_news_below_a_concern_says_where_to_look(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    runtime = _against_each_other(full_world)
    see = (
        'Better, but see <a href="touchpoint?touchpoint=desk&amp;metric=abandon&amp;grain=week">'
        "Courtesy: abandonment rate</a>."
    )
    assert see in text_of(open_app(of=runtime))
    assert see not in text_of(open_app(of=runtime, lanes="pillar"))


def test_a_tile_stands_beside_its_peers(open_app: OpenPage, full_world: SmallWorld) -> None:
    assert "peers" in text_of(open_app(of=full_world.runtime))


def test_chance_is_told_about(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(open_app(of=full_world.runtime))
    assert "Of 3 tiles about 0.1 would signal by chance alone." in text


def test_no_plotly_is_loaded(open_app: OpenPage, full_world: SmallWorld) -> None:
    assert [] == list(open_app(of=full_world.runtime).get("plotly_chart"))


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("grain", "month", "Oct 2026"),
        ("period", "2026-11-02", "Week 45, 2026 · n"),
        ("period", "2026-11-04", "Week 45, 2026 · n"),
        ("period", "2025-02-05", "Week 6, 2025 · n"),
        ("touchpoints", "desk", "Of 1 tile fewer than 0.1"),
        ("lanes", "pillar", "<h2>Delivery</h2>"),
    ],
)
def test_the_address_says_what_is_shown(
    key: str, value: str, words: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    assert words in text_of(open_app(of=full_world.runtime, **{key: value}))


def test_a_week_in_the_address_stands_for_its_month_among_months(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, grain="month", period="2026-09-07")
    assert "Sep 2026 · n" in text_of(app)
    options = app.selectbox(key="pick_period_month").options
    assert 1 == options.count("Sep 2026")
    assert options.index("Oct 2026") + 1 == options.index("Sep 2026")


def test_a_touchpoint_of_the_address_that_is_not_there_is_named(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, touchpoints=["desk", "<b>bar</b>"])
    assert "Not among the touchpoints here: “&lt;b&gt;bar&lt;/b&gt;”." in text_of(app)
    assert "Of 1 tile fewer than 0.1" in text_of(app)


def test_a_choice_goes_into_the_address_by_its_key(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime)
    app.multiselect(key="pick_touchpoints").select("desk").run()
    assert "desk" == app.query_params["touchpoints"]


def test_the_usual_choice_stays_out_of_the_address(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, pillar="Delivery")
    app.selectbox(key="pick_pillar").select("").run()
    assert {} == dict(app.query_params)


@pytest.mark.parametrize("value", ["no_such", "<script>", "2026-13-45"])
def test_an_address_that_makes_no_sense_shows_the_usual(
    value: str, open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, grain=value, period=value, touchpoints=value, sort=value)
    assert not app.exception
    assert "Of 3 tiles" in text_of(app)


def test_a_choice_without_tiles_says_so(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(of=full_world.runtime, touchpoints="depot")
    assert "No tiles for this choice" in text_of(app)


def test_where_the_year_ends_stands_below_the_lanes(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(of=full_world.runtime))
    year = text[text.index("<h2>Where the year will end</h2>") :]
    assert text.index('class="cb-tile ') < text.index("<h2>Where the year will end</h2>")
    assert "2026 to date" in year
    assert "touchpoint?touchpoint=delivery&amp;metric=otd" in year


def test_steady_tiles_beyond_a_row_stand_in_a_list(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    counts = [(90.0, 100.0), (92.0, 100.0)] * 18
    for metric in ("asa", "abandon", "backlog_open", "returns", "complaints", "nps"):
        full_world.add(week_rows(metric, "desk", counts) + week_rows(metric, "delivery", counts))
    text = text_of(open_app(of=full_world.runtime))
    whole, listed = text.count('<article class="cb-tile'), text.count('<li class="cb-row')
    assert listed
    assert "steady: show</summary>" in text
    text = text_of(open_app(of=full_world.runtime, tiles="all"))
    assert whole + listed == text.count('<article class="cb-tile')
    assert '<li class="cb-row' not in text


def test_a_wall_screen_has_the_sentence_the_news_and_the_lanes_alone(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, kiosk="1")
    wall = text_of(app)
    wall = wall[wall.index('class="cb-wall"') :]
    assert "<h1>1 promise at risk" in wall
    assert "<b>On-time delivery</b>, Field delivery" in wall
    assert "<h2>Efficiency</h2><p>1 of concern</p>" in wall
    assert '<article class="cb-tile' not in wall
    assert "Old data" not in wall


def test_a_wall_screen_says_large_that_the_data_are_old(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    text = text_of(open_app(of=full_world.at("2026-11-25T09:00"), kiosk="1"))
    assert "Old data: complete to Sat 21 Nov 2026; 3 days are missing." in text


def test_a_wall_screen_is_left_by_its_button(open_app: OpenPage, full_world: SmallWorld) -> None:
    app = open_app(of=full_world.runtime, kiosk="1", grain="month")
    app.button(key="cb-leave").click().run()
    assert {"grain": "month"} == dict(app.query_params)
    assert 'class="cb-tile ' in text_of(app)


def test_the_sheets_of_a_wall_screen_take_turns_and_one_can_stay(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(of=full_world.runtime, kiosk="1")
    assert ("<h2>Of concern</h2>" in text_of(app), "· 1 of 2 ·" in text_of(app)) == (True, True)
    app.button(key="cb-wall-next").click().run()
    year = text_of(app)[text_of(app).index('class="cb-wall-year"') :]
    assert '<th scope="row"><b>On-time delivery</b>, Field delivery</th>' in year
    app.button(key="cb-wall-hold").click().run()
    assert "· 2 of 2, stays ·" in text_of(app)


@dataclass(frozen=True, kw_only=True)
class _GoesAway(Runtime):
    """A store that answers once, and then no more."""

    asked: list[int] = field(default_factory=list)

    def publication(self) -> int:
        if self.asked:
            raise StoreUnavailable("The store did not answer.")
        self.asked.append(Runtime.publication(self))
        return self.asked[0]


def test_a_wall_screen_says_large_that_its_store_is_away_and_keeps_the_figures(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    known = {each.name: getattr(full_world.runtime, each.name) for each in fields(Runtime)}
    text = text_of(open_app(of=_GoesAway(**known), kiosk="1"))
    assert "The store has not answered since " in text[text.index("cb-wall-old") :]
    assert "<h1>1 promise at risk" in text
