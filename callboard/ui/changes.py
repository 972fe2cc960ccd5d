"""What changed, as cards: good and bad alike, each with its size, its owner and the way there."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from callboard.ui import links
from callboard.ui.glyphs import variation_glyph
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.tiles import NEW, mark_of, muting_words, tile_css
from callboard.views import ChangeFacts, Overview, Tile, TradeOff

MOST = 6
_CARD = Markup(
    '<article class="cb-change {css}" data-tile="{mark}"><p class="cb-change-sign">{glyph}</p><div>'
    '<h3><a href="{href}">{name}</a>, {place}{new}</h3><p>{verdict}{muted}</p>{facts}'
    "</div></article>"
)
_PAIR = Markup(
    '<article class="cb-change"><p class="cb-change-sign">{moved}{worse}</p><div>'
    "<h3>{sentence}, {place}, {since}</h3>{lines}{owner}"
    "<p>They happened together. Whether one has to do with the other, the figures do not say.</p>"
    "</div></article>"
)
_LINE = Markup('<p><a href="{href}">{name}</a>{told}</p>')
_Facts = Mapping[tuple[str, str], ChangeFacts]


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
    view: Overview, facts: Sequence[ChangeFacts], *, query: dict[str, str], is_all: bool
) -> Markup:
    """Return the cards, pairs that moved against each other first, then the newest first."""
    known = {(each.touchpoint, each.metric): each for each in facts}
    pairs, tiles = _shown(view, is_all=is_all)
    drawn = [
        *(_pair(each, known, query) for each in pairs),
        *(_card(t, known, query) for t in tiles),
    ]
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


def _card(tile: Tile, known: _Facts, query: dict[str, str]) -> Markup:
    return _CARD.format(
        css=tile_css(tile),
        mark=mark_of(tile),
        new=NEW,
        glyph=variation_glyph(tile.variation),
        href=_address(tile, query),
        name=tile.metric_name,
        place=tile.touchpoint_name,
        verdict=f"{tile.verdict}.",
        muted=muting_words(tile, query),
        facts=_told(known.get((tile.touchpoint, tile.metric))) + _note(tile),
    )


def _told(facts: ChangeFacts | None) -> Markup:
    """Size, cases and owner, as far as each is known."""
    if facts is None:
        return NOTHING
    size = f"{facts.size}." if facts.size else ""
    told = " ".join(part for part in (size, facts.excess) if part)
    return (tag("p", told) if told else NOTHING) + _owner(facts)


def _note(tile: Tile) -> Markup:
    """What people say of the period, the newest comment."""
    if tile.note is None:
        return NOTHING
    return tag("p", f"“{tile.note.text}” {tile.note.actor}", css="cb-change-note")


def _owner(facts: ChangeFacts | None) -> Markup:
    if facts is None or not facts.owner:
        return NOTHING
    return tag("p", f"Owner: {facts.owner}")


def _pair(pair: TradeOff, known: _Facts, query: dict[str, str]) -> Markup:
    return _PAIR.format(
        moved=variation_glyph(pair.moved.variation),
        worse=variation_glyph(pair.worse.variation),
        sentence=pair.sentence,
        place=pair.worse.touchpoint_name,
        since=pair.since,
        lines=joined(_line(tile, known, query) for tile in (pair.moved, pair.worse)),
        owner=_owner(known.get((pair.worse.touchpoint, pair.worse.metric))),
    )


def _line(tile: Tile, known: _Facts, query: dict[str, str]) -> Markup:
    facts = known.get((tile.touchpoint, tile.metric))
    told = [facts.size, facts.excess] if facts else []
    words = ". ".join(part.removesuffix(".") for part in told if part)
    return _LINE.format(
        href=_address(tile, query), name=tile.metric_name, told=f": {words}." if words else "."
    )


def _address(tile: Tile, query: dict[str, str]) -> str:
    return links.address(
        "touchpoint", {"touchpoint": tile.touchpoint, "metric": tile.metric} | query
    )
