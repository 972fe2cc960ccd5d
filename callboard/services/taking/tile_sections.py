"""Tiles as tables: what each says, in the words of the screen and as plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from callboard import figures
from callboard.services.taking.words import BADGE, PROMISE, SIGNAL, quoted
from callboard.services.tiles.headlines import is_of_concern, tell_all
from callboard.views import Chip, ReportColumn, ReportTable, Tile
from callboard.views.report import Cell
from metrics.model import Metric

_MOST_SUMMED, _PLACE = 8, "Touchpoint"
_COLUMNS = (
    ReportColumn(title="Metric"),
    ReportColumn(title=_PLACE),
    ReportColumn(title="Shown"),
    ReportColumn(title="Value", is_number=True, is_for_machines=True),
    ReportColumn(title="Unit", is_for_machines=True),
    ReportColumn(title="Period"),
    ReportColumn(title="First day", is_for_machines=True),
    ReportColumn(title="Counted"),
    ReportColumn(title="Compared with"),
    ReportColumn(title="Is it changing?"),
    ReportColumn(title="Target", is_number=True, is_for_machines=True),
    ReportColumn(title="Promise"),
    ReportColumn(title="Data"),
    ReportColumn(title="Verdict"),
)
_SUMMARY = tuple(
    ReportColumn(title=title)
    for title in ("Metric", "Touchpoint", "Value", "Is it changing?", "Verdict")
)


def tile_table(title: str, tiles: Sequence[Tile], *, metrics: Mapping[str, Metric]) -> ReportTable:
    """Return tiles in their order; the number is in the unit beside it, as the metric has it."""
    rows = tuple(_row(tile, metrics[tile.metric]) for tile in tiles)
    is_one = len({tile.touchpoint for tile in tiles}) < 2
    columns = tuple(
        replace(each, is_for_machines=each.is_for_machines or (each.title == _PLACE and is_one))
        for each in _COLUMNS
    )
    return ReportTable(title=title, columns=columns, rows=rows)


def _row(tile: Tile, metric: Metric) -> tuple[Cell, ...]:
    return (
        *(tile.metric_name, tile.touchpoint_name, shown_value(tile)),
        *(tile.value, figures.unit_text(metric), tile.period_label, tile.period, tile.n_text),
        "; ".join(_compared(chip) for chip in tile.chips),
        *(change_word(tile), tile.assurance.target, PROMISE[tile.assurance.promise]),
        *(BADGE[tile.trust.badge], _told(tile)),
    )


def _told(tile: Tile) -> str:
    """The verdict, and what people say of the period where they say something."""
    if tile.note is None:
        return tell_all(tile)
    return f"{tell_all(tile)}. {quoted(tile.note.text, tile.note.actor)}"


def shown_value(tile: Tile) -> str:
    """Return the value as its tile shows it, with its unit."""
    return f"{tile.value_text} {tile.unit_text}".rstrip()


def change_word(tile: Tile) -> str:
    """Return whether it is changing, in a word; nothing without limits is called steady."""
    if tile.variation.is_suspended:
        return "Not judged"
    if tile.variation.footing.value in ("none", "gaps") and not tile.variation.between:
        return "Too few to judge"
    return SIGNAL[tile.variation.signal]


def _compared(chip: Chip) -> str:
    return f"{chip.label}: {chip.text}, {chip.word}" if chip.word else f"{chip.label}: {chip.text}"


def summary_table(tiles: Sequence[Tile]) -> ReportTable:
    """Return the tiles of concern, what needs a look first on top; without any, the first few."""
    ordered = sorted(tiles, key=lambda tile: -tile.concern)
    worrying = [tile for tile in ordered if is_of_concern(tile)]
    shown = (worrying or ordered)[:_MOST_SUMMED]
    more = len(worrying) - len(shown)
    title = "What needs a look" if worrying else "Nothing is of concern"
    rows = tuple(
        (
            *(tile.metric_name, tile.touchpoint_name, shown_value(tile), change_word(tile)),
            tell_all(tile),
        )
        for tile in shown
    )
    return ReportTable(
        title=f"{title}; {more} more are in the table" if more > 0 else title,
        columns=_SUMMARY,
        rows=rows,
    )
