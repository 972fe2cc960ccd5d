"""The compare page: who stands apart, in words, in a picture, in a table; each over time."""

from datetime import timedelta

import pytest

from callboard.access import Actor, Role
from tests.callboard.services.small_world import WEEK_46, SmallWorld, day_rows
from tests.pages.conftest import OpenPage, text_of

PAGE = "15_compare.py"


@pytest.fixture
def twelve(empty_world: SmallWorld) -> SmallWorld:
    """Twelve carriers at one touchpoint, one of them far below the rest."""
    counts = {f"carrier {n:02}": (800.0 + 7 * n, 1000.0 + 3 * n) for n in range(11)}
    counts |= {"<b>Far</b> [away](x)": (250.0, 500.0)}
    whole = (sum(x for x, _ in counts.values()), sum(n for _, n in counts.values()))
    empty_world.add(
        [
            row
            for name, each in {"": whole, **counts}.items()
            for row in day_rows(
                "otd",
                "delivery",
                {WEEK_46 - timedelta(weeks=back): each for back in range(3)},
                dimension="carrier" if name else "",
                segment=name,
            )
        ]
    )
    empty_world.reach()
    return empty_world


def test_it_begins_with_who_stands_apart(open_app: OpenPage, twelve: SmallWorld) -> None:
    text = text_of(open_app(PAGE, of=twelve.runtime))
    assert "of 12 carriers, 1 is worse than the rest (&lt;b&gt;Far&lt;/b&gt; [away](x))." in text
    assert "Of 12 carriers about 0.02 would be outside by chance alone." in text


def test_a_funnel_has_words_for_who_cannot_see_it(open_app: OpenPage, twelve: SmallWorld) -> None:
    charts = open_app(PAGE, of=twelve.runtime).get("plotly_chart")
    assert 1 == len(charts)
    assert "of 12 carriers, 1 is worse" in charts[0].proto.alt


def test_the_table_comes_when_it_is_asked_for(open_app: OpenPage, twelve: SmallWorld) -> None:
    app = open_app(PAGE, of=twelve.runtime)
    assert "99.8 % limits" not in text_of(app)
    app.toggle(key="cb-compare-table").set_value(True).run()
    assert "99.8 % limits" in text_of(app)


def test_each_run_leads_to_its_touchpoint(open_app: OpenPage, twelve: SmallWorld) -> None:
    text = text_of(open_app(PAGE, of=twelve.runtime))
    assert 12 == text.count('<article class="cb-multiple')
    assert (
        'href="touchpoint?touchpoint=delivery&amp;metric=otd&amp;grain=week&amp;by=carrier"' in text
    )


def test_runs_share_a_scale_until_the_reader_wants_otherwise(
    open_app: OpenPage, twelve: SmallWorld
) -> None:
    shared, own = (
        text_of(open_app(PAGE, of=twelve.runtime, scale=scale)) for scale in ("one", "own")
    )
    assert "Every picture reaches from 50.0 to 84.5 %." in shared
    assert "Each picture has a scale of its own" in own
    assert "The number beside a name is of " in shared


def test_the_question_lives_in_the_address(open_app: OpenPage, full_world: SmallWorld) -> None:
    text = text_of(
        open_app(PAGE, of=full_world.runtime, metric="otd", by="carrier", span="1", at="delivery")
    )
    assert "On-time delivery: 2 carriers" in text
    assert "at Field delivery, 9 to 15 Nov 2026" in text


def test_nonsense_in_the_address_is_the_usual_question(
    open_app: OpenPage, twelve: SmallWorld
) -> None:
    usual = text_of(open_app(PAGE, of=twelve.runtime))
    odd = open_app(PAGE, of=twelve.runtime, by="y", span="7", scale="z", grain="eon", period="q")
    assert not odd.exception
    assert usual == text_of(odd)


def test_a_touchpoint_there_is_not_is_not_found(open_app: OpenPage, twelve: SmallWorld) -> None:
    text = text_of(open_app(PAGE, of=twelve.runtime, at="moon"))
    assert "Nothing here" in text
    assert "Together" not in text


def test_one_touchpoint_alone_says_that_it_takes_two(
    open_app: OpenPage, full_world: SmallWorld
) -> None:
    app = open_app(PAGE, of=full_world.runtime, metric="returns", by="touchpoint")
    assert "Nothing to compare" in text_of(app)
    assert not app.get("plotly_chart")


def test_only_ones_own_touchpoints_are_compared(open_app: OpenPage, full_world: SmallWorld) -> None:
    own = Actor(
        id="eva", name="Eva", roles=frozenset({Role.EXECUTIVE}), touchpoints=frozenset({"desk"})
    )
    text = text_of(open_app(PAGE, of=full_world.runtime, actor=own))
    assert "only Service desk has a value" in text
    assert "Field delivery" not in text
