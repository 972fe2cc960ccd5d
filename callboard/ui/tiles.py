"""Tiles: one metric at one touchpoint, all of it readable at a glance and all of it a link."""

from markupsafe import Markup

from callboard.services.tiles.headlines import tell_all
from callboard.ui import links
from callboard.ui.badge_card import draw_badge
from callboard.ui.glyphs import (
    MEANING_CSS,
    arrow,
    assurance_glyph,
    lost_glyph,
    variation_glyph,
    variation_name,
    variation_word,
)
from callboard.ui.markup import NOTHING, joined
from callboard.ui.moments import short_day
from callboard.ui.sparkline import draw_sparkline
from callboard.views import Chip, Movement, Note, Tile, TodaySoFar

_TILE = Markup(
    '<article class="cb-tile {css}" data-tile="{mark}">'
    '<header><h3><a href="{href}" title="{help}">{name}</a>{new}</h3><p>{place}</p></header>'
    '<div class="cb-figure"><p class="cb-value" title="{full}">{value} <small>{unit}</small></p>'
    '{spark}<p class="cb-period">{period}</p></div>'
    '<ul class="cb-chips">{chips}{today}</ul>'
    '<div><p class="cb-verdict">{verdict}{muted}</p>{note}</div>'
    "<footer>{variation}{assurance}{badge}</footer></article>"
)
_NOTE = Markup(
    '<details class="cb-note cb-opens"><summary title="{text}"><span>“{text}”</span></summary>'
    "<p>“{text}” <small>{actor}{more}</small></p></details>"
)
_CHIP = Markup(
    '<li class="{css}" title="{detail}"><b>{arrow}{text}</b> <span>{label}</span> '
    "<em>{word}</em></li>"
)
NEW = Markup('<span class="cb-new"><i></i>new</span>')  # seen where a style says so
_MUTED = Markup(' <span class="cb-see">Better, but see <a href="{href}">{words}</a>.</span>')
_TODAY = Markup(
    '<li class="{css} cb-today" title="{detail}"><b>{now}</b> <span>today to {until}</span> '
    "<em>{word}</em> <small>{arrow}{text} from {before} on {label}</small></li>"
)


def draw_tile(tile: Tile, *, zone: str, query: dict[str, str]) -> Markup:
    """Return one tile; its data-as-of is told as a day of `zone`."""
    address = {"touchpoint": tile.touchpoint, "metric": tile.metric} | query
    told = tell_all(tile)
    is_said = told == variation_word(tile.variation)  # below, beside its sign
    as_of = f"to {short_day(tile.trust.as_of, zone)}" if tile.trust.as_of else ""
    return _TILE.format(
        css=tile_css(tile),
        mark=mark_of(tile),
        new=NEW,
        href=links.address("touchpoint", address),
        help=tile.help,
        name=tile.metric_name,
        place=tile.touchpoint_name,
        full=tile.value_full,
        value=tile.value_text,
        unit=tile.unit_text,
        spark=draw_sparkline(tile.sparkline),
        period=" · ".join(filter(None, (tile.period_label, tile.n_text))),
        chips=joined(draw_chip(chip, unit=tile.unit_text) for chip in tile.chips),
        today=_draw_today(tile.today, unit=tile.unit_text),
        verdict="" if is_said else told,
        muted=muting_words(tile, query),
        note=_draw_note(tile.note),
        variation=variation_glyph(tile.variation),
        assurance=lost_glyph() if tile.is_lost else assurance_glyph(tile.assurance),
        badge=draw_badge(tile.trust, zone=zone, detail=as_of),
    )


def mark_of(tile: Tile) -> str:
    """Return the name by which a style finds a tile, to mark it as new."""
    return f"{tile.touchpoint}/{tile.metric}"


def tile_css(tile: Tile) -> str:
    """Return the names by which styles know a tile: its signal, and whether it is muted."""
    edge = f"cb-edge-{variation_name(tile.variation)}"
    return f"{edge} cb-is-muted" if tile.muted else edge


def muting_words(tile: Tile, query: dict[str, str]) -> Markup:
    """Return what an improvement stands below, with the way there; nothing where nothing mutes."""
    if tile.muted is None:
        return NOTHING
    address = {"touchpoint": tile.touchpoint, "metric": tile.muted.metric} | query
    return _MUTED.format(href=links.address("touchpoint", address), words=tile.muted.words)


def draw_chip(chip: Chip, *, unit: str = "") -> Markup:
    """Return a comparison: the arrow follows the number, colour and word say what it means.

    A long `unit`, which stands beside the value already, is not said again.
    """
    said = _said(unit)
    return _CHIP.format(
        css=MEANING_CSS[chip.meaning],
        detail=chip.detail,
        arrow=arrow(chip.movement),
        text=chip.text.removesuffix(said),
        word=chip.word.removesuffix(f" for {chip.label}"),
        label=chip.label.removesuffix(said),
    )


def _draw_note(note: Note | None) -> Markup:
    """What people say of the period: one line, and the whole of it when it is opened."""
    if note is None:
        return NOTHING
    more = f" (+{note.more} more)" if note.more else ""
    return _NOTE.format(text=note.text, actor=note.actor, more=more)


def _said(unit: str) -> str:
    return f" {unit}" if unit.startswith("per ") else ""


def _draw_today(today: TodaySoFar | None, *, unit: str) -> Markup:
    if today is None or today.change.movement is Movement.UNKNOWN:
        return NOTHING
    return _TODAY.format(
        until=today.until,
        now=today.value_text.removesuffix(_said(unit)),
        css=MEANING_CSS[today.change.meaning],
        detail=today.change.detail,
        arrow=arrow(today.change.movement),
        text=today.change.text,
        word=today.change.word,
        label=today.change.label,
        before=today.before_text.removesuffix(_said(unit)),
    )
