"""A tile says everything, and nobody's text becomes markup in it."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.ui.tiles import draw_tile
from callboard.views import Badge, Note
from metrics.signals import Signal
from metrics.verdict import Promise
from tests import sample_views

ZONE = "Europe/London"


def note(text: str, more: int = 0) -> Note:
    return Note(text=text, actor="lea", at=sample_views.AS_OF, more=more)


class Reader(HTMLParser):
    """What a browser finds: tags, and the text it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.shown: list[str] = []
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag == "img":
            self.pictures.append(given)

    def handle_data(self, data: str) -> None:
        self.shown.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.shown).split())


def tile(**changes: object) -> Reader:
    drawn = sample_views.tile(**changes)  # type: ignore[arg-type]  # a shorthand of tests
    return Reader(draw_tile(drawn, zone=ZONE, query={}))


@pytest.mark.parametrize(
    "words",
    [
        "On-time delivery",
        "Field delivery",
        "87.3 %",
        "week 46 · n 1,204",
        "−1.2 pts week 45 worse",
        "−4.7 pts target 92 % missed",
        "5th 6 peers lower third",
        "Falling since 28 Sep",
        "Concern",
        "Hit or miss",
        "Verified · to 21 Nov",
    ],
)
def test_a_tile_says(words: str) -> None:
    assert words in tile().text


def test_the_whole_tile_is_one_link_to_its_touchpoint_and_metric() -> None:
    assert ["touchpoint?touchpoint=field_delivery&metric=otd"] == tile().links


def test_the_link_carries_grain_and_period() -> None:
    drawn = draw_tile(
        sample_views.tile(), zone=ZONE, query={"grain": "month", "period": "2026-10-01"}
    )
    assert Reader(drawn).links[0].endswith("&grain=month&period=2026-10-01")


def test_the_arrow_is_read_aloud_as_the_direction_of_the_number() -> None:
    assert 'aria-label="down"' in draw_tile(sample_views.tile(), zone=ZONE, query={})


def test_the_sparkline_has_a_text() -> None:
    assert "Last 26 periods" == tile().pictures[0]["alt"]


@pytest.mark.parametrize(
    ("signal", "edge"),
    [
        (Signal.CONCERN, "concern"),
        (Signal.IMPROVEMENT, "improvement"),
        (Signal.HIGH, "high"),
        (Signal.NONE, "common"),
    ],
)
def test_the_edge_has_the_colour_of_the_signal(signal: Signal, edge: str) -> None:
    drawn = draw_tile(sample_views.tile(signal=signal), zone=ZONE, query={})
    assert f"cb-edge-{edge}" in drawn


def test_a_tile_without_a_promise_says_nothing_of_one() -> None:
    text = tile(promise=Promise.NONE).text
    assert not any(word in text for word in ("Keeps target", "Hit or miss", "Misses target"))


def test_a_withheld_value_shows_no_number_and_the_reason() -> None:
    text = tile(
        badge=Badge.WITHHELD, value=None, value_text="–", unit_text="", chips=(),
        verdict="Withheld: fewer than 10 answers.",
    ).text  # fmt: skip
    assert "Withheld: fewer than 10 answers." in text
    assert "87.3" not in text


def test_today_is_compared_up_to_the_hour() -> None:
    today = sample_views.tiles()[4]
    assert "88.1 % today to 14:00 worse −2.3 pts from 90.4 % on last Sunday to 14:00" in (
        Reader(draw_tile(today, zone=ZONE, query={})).text
    )


def test_a_long_unit_is_said_once_and_not_again_for_today() -> None:
    told = sample_views.tiles()[4]
    assert told.today is not None
    today = replace(
        told.today, value_text="6.0 per 1,000 units", before_text="19.0 per 1,000 units"
    )
    tile = replace(told, unit_text="per 1,000 units", today=today)
    text = Reader(draw_tile(tile, zone=ZONE, query={})).text
    assert "6.0 today to 14:00" in text
    assert " from 19.0 on last Sunday" in text


@given(text=st.text(min_size=1, max_size=40))
def test_any_text_is_shown_letter_by_letter(text: str) -> None:
    plain = tile()
    drawn = tile(
        metric_name=text, touchpoint_name=text, verdict=text, value_text=text, unit_text=text,
        help=text, value_full=text, n_text=text,
    )  # fmt: skip
    assert plain.tags == drawn.tags


def test_a_script_in_a_verdict_stays_text() -> None:
    evil = "<script>alert(1)</script><img src=//evil>"
    drawn = tile(verdict=evil)
    assert evil in "".join(drawn.shown)


def test_the_data_day_is_told_in_the_zone() -> None:
    drawn = draw_tile(sample_views.tile(), zone="Pacific/Auckland", query={})
    assert "to 22 Nov" in Reader(drawn).text


def test_a_tile_without_readings_has_no_picture() -> None:
    empty = replace(sample_views.sparkline(), values=(None,) * 13)
    assert [] == tile(sparkline=empty).pictures


def test_a_note_is_one_line_that_opens_to_the_whole_of_it() -> None:
    tile = replace(sample_views.tile(), note=note("Two <b>vans</b> broke down", more=2))
    html = str(draw_tile(tile, zone=ZONE, query={}))
    assert '<summary title="Two &lt;b&gt;vans&lt;/b&gt; broke down">' in html
    assert "lea (+2 more)" in "".join(Reader(html).shown)
    assert "<b>vans" not in html
    assert "cb-note" not in str(draw_tile(sample_views.tile(), zone=ZONE, query={}))


def test_a_tile_that_is_only_steady_says_so_once() -> None:
    steady = sample_views.tile().variation
    quiet = replace(steady, signal=Signal.NONE)
    assert 1 == tile(variation=quiet, verdict="Steady").text.count("Steady")
    lost = tile(variation=quiet, verdict="Steady", is_lost=True).text
    assert "Steady; out of reach of the year’s target" in lost
    assert "Year out of reach" in lost
