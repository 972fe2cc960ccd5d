"""What changed, as cards: good and bad alike, each with its size, its owner and the way there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from callboard.ui import links
from callboard.ui.glyphs import variation_glyph
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.moments import short_day
from callboard.ui.signal_cards import tell_follow
from callboard.ui.tiles import NEW, mark_of, muting_words, tile_css
from callboard.views import ChangeFacts, Overview, Tile, TradeOff
from metrics.signals import Signal

MOST = 6
_CARD = Markup(
    '<article class="cb-change {css}" data-tile="{mark}"><p class="cb-change-sign">{glyph}</p><div>'
    '<h3><a href="{href}">{name}</a>, {place}{new}</h3>{size}<p>{verdict}{muted}</p>{whose}'
    "</div></article>"
)
_PAIR = Markup(
    '<article class="cb-change"><p class="cb-change-sign">{moved}{worse}</p><div>'
    "<h3>{sentence}, {place}, {since}</h3>{lines}{owner}"
    "<p>They happened together. Whether one has to do with the other, the figures do not say.</p>"
    "</div></article>"
)
_LINE = Markup('<p><a href="{href}">{name}</a>{told}</p>')


class _Known(NamedTuple):
    """What is known of each series, the filters that links keep, and the zone of moments."""

    facts: Mapping[tuple[str, str], ChangeFacts]
    query: dict[str, str]
    zone: str

    def of(self, tile: Tile) -> ChangeFacts | None:
        """What stands behind a tile's change."""
        return self.facts.get((tile.touchpoint, tile.metric))


def list_series(view: Overview, *, is_all: bool) -> tuple[str, ...]:
    """Return the series that the cards tell of, as `touchpoint/metric`."""
    pairs, tiles = _shown(view, is_all=is_all)
    told = [*(tile for pair in pairs for tile in (pair.moved, pair.worse)), *tiles]
    return tuple(dict.fromkeys(f"{tile.touchpoint}/{tile.metric}" for tile in told))


def count_hidden(view: Overview, *, is_all: bool) -> int:
    """Return how many things that changed have no card."""
    pairs, tiles = _shown(view, is_all=is_all)
    return view.changed_count + len(view.trade_offs) - _paired(view) - len(pairs) - len(tiles)


def draw_cards(
    view: Overview, facts: Sequence[ChangeFacts], zone: str, *, query: dict[str, str], is_all: bool
) -> Markup:
    """Return the cards, pairs that moved against each other first, then the newest first."""
    told = {(each.touchpoint, each.metric): each for each in facts}
    known = _Known(told, query, zone)
    pairs, tiles = _shown(view, is_all=is_all)
    drawn = [*(_pair(each, known) for each in pairs), *(_card(tile, known) for tile in tiles)]
    return tag("div", joined(drawn), css="cb-changes")


def _shown(view: Overview, *, is_all: bool) -> tuple[tuple[TradeOff, ...], tuple[Tile, ...]]:
    """The cards of pairs, and those of tiles that are in none of the pairs."""
    pairs = view.trade_offs if is_all else view.trade_offs[:MOST]
    alone = [tile for tile in view.changed if not _is_paired(view, tile)]
    return pairs, tuple(alone if is_all else alone[: MOST - len(pairs)])


def _is_paired(view: Overview, tile: Tile) -> bool:
    places = {
        (leg.touchpoint, leg.metric) for each in view.trade_offs for leg in (each.moved, each.worse)
    }
    return (tile.touchpoint, tile.metric) in places


def _paired(view: Overview) -> int:
    """How many of all that changed are told by a pair."""
    legs = {
        (leg.touchpoint, leg.metric)
        for each in view.trade_offs
        for leg in (each.moved, each.worse)
        if leg.is_fresh
    }
    return len(legs)


def _card(tile: Tile, known: _Known) -> Markup:
    return _CARD.format(
        css=tile_css(tile),
        mark=mark_of(tile),
        new=NEW,
        glyph=variation_glyph(tile.variation),
        href=_address(tile, known.query),
        name=tile.metric_name,
        place=tile.touchpoint_name,
        verdict=f"{tile.verdict}.",
        muted=muting_words(tile, known.query),
        size=_size(known.of(tile)),
        whose=_whose(tile, known) + _note(tile),
    )


def _size(facts: ChangeFacts | None) -> Markup:
    """Size and cases, as far as each is known."""
    if facts is None:
        return NOTHING
    size = f"{facts.size}." if facts.size else ""
    told = " ".join(part for part in (size, facts.excess) if part)
    return tag("p", told, css="cb-change-size") if told else NOTHING


def _whose(tile: Tile, known: _Known) -> Markup:
    """Whose it is, who sees to it until when, and what was said of it last."""
    facts = known.of(tile)
    if facts is None:
        return NOTHING
    follow, owner = facts.follow, f"Owner: {facts.owner}" if facts.owner else ""
    is_bad = tile.variation.signal is Signal.CONCERN
    done = tell_follow(follow, known.zone) if follow and (is_bad or follow.last_act) else ""
    told = ". ".join(filter(None, (owner, done)))
    said = follow.comments[-1:] if follow else ()
    notes = joined(
        _said(each.text, f"{each.actor}, {short_day(each.at, known.zone)}") for each in said
    )
    return (tag("p", told) if told else NOTHING) + notes


def _note(tile: Tile) -> Markup:
    """What people say of the period, the newest comment."""
    return _said(tile.note.text, tile.note.actor) if tile.note else NOTHING


def _said(text: str, by: str) -> Markup:
    return tag("p", f"“{text}” {by}", css="cb-change-note")


def _pair(pair: TradeOff, known: _Known) -> Markup:
    return _PAIR.format(
        moved=variation_glyph(pair.moved.variation),
        worse=variation_glyph(pair.worse.variation),
        sentence=pair.sentence,
        place=pair.worse.touchpoint_name,
        since=pair.since,
        lines=joined(_line(tile, known) for tile in (pair.moved, pair.worse)),
        owner=_whose(pair.worse, known),
    )


def _line(tile: Tile, known: _Known) -> Markup:
    facts = known.of(tile)
    told = [facts.size, facts.excess] if facts else []
    words = ". ".join(part.removesuffix(".") for part in told if part)
    return _LINE.format(
        href=_address(tile, known.query),
        name=tile.metric_name,
        told=f": {words}." if words else ".",
    )


def _address(tile: Tile, query: dict[str, str]) -> str:
    return links.address(
        "touchpoint", {"touchpoint": tile.touchpoint, "metric": tile.metric} | query
    )
