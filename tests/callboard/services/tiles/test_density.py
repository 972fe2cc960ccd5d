"""Which tiles are drawn whole: what matters first, and never more than two dozen."""

from dataclasses import replace
from datetime import UTC, datetime

from callboard.services.tiles.density import MOST_WHOLE, lay_out
from callboard.views import Badge, Lane, Note, Tile
from metrics.limits import Footing
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation
from tests.sample_views import tile

_NONE = Assurance(promise=Promise.NONE, target=None, is_trial=False)


def _tile(name: str, signal: Signal = Signal.NONE, *, concern: float = 0.0) -> Tile:
    variation = Variation(
        signal=signal, rule=Rule.NONE, since=None, footing=Footing.FULL, points_since=None
    )
    return tile(metric_name=name, variation=variation, assurance=_NONE, concern=concern)


def _lane(title: str, *tiles: Tile) -> Lane:
    return Lane(title=title, tiles=tiles)


def _calm() -> Lane:
    """A lane that alone has too many tiles to draw all of them whole."""
    return _lane("Calm", *(_tile(f"calm{at}") for at in range(13)))


def _names(tiles: tuple[Tile, ...]) -> str:
    return " ".join(each.metric_name for each in tiles)


def test_a_row_is_filled_with_what_is_steady_and_the_rest_is_listed() -> None:
    lane = _lane("Show", *(_tile(name) for name in "abcdef"), _tile("good", Signal.IMPROVEMENT))
    laid, _ = lay_out([lane, _calm()])
    assert ("a b c good", "d e f") == (_names(laid.whole), _names(laid.listed))


def test_all_that_matters_is_whole_beyond_the_row_and_what_people_comment_on_matters() -> None:
    bad = [_tile(f"bad{at}", Signal.CONCERN, concern=70) for at in range(6)]
    note = Note(text="Two vans broke down", actor="kim", at=datetime(2026, 11, 22, tzinfo=UTC))
    said = replace(_tile("said"), note=note)
    laid, _ = lay_out([_lane("Show", *bad, _tile("calm"), said), _calm()])
    assert ("bad0 bad1 bad2 bad3 bad4 bad5 said", "calm") == (
        _names(laid.whole),
        _names(laid.listed),
    )


def test_of_too_many_that_matter_the_worst_are_whole_wherever_they_are() -> None:
    lanes = [
        _lane(
            title,
            *(_tile(f"{title}{at}", Signal.CONCERN, concern=worst + at) for at in range(20)),
        )
        for title, worst in (("a", 100), ("b", 0))
    ]
    one, other = lay_out(lanes)
    assert (20, 4, MOST_WHOLE) == (len(one.whole), len(other.whole), 24)
    assert "b0 b1 b2 b3" == _names(other.whole)


def test_many_lanes_share_the_two_dozen() -> None:
    laid = lay_out([_lane(str(at), *(_tile(f"{at}{n}") for n in "abcde")) for at in range(9)])
    assert {2} == {len(each.whole) for each in laid}


def test_a_dozen_are_all_drawn_whole() -> None:
    lane = _lane("Show", *(_tile(name) for name in "abcdefghijkl"))
    assert [12] == [len(each.whole) for each in lay_out([lane])]


def test_a_figure_that_is_held_back_is_no_steady_one() -> None:
    held = tile(metric_name="held", signal=Signal.NONE, badge=Badge.WITHHELD)
    laid, _ = lay_out([_lane("Show", *(_tile(name) for name in "abcd"), held), _calm()])
    assert "a b c held" == _names(laid.whole)
