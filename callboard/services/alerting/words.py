"""What an alert says: the figure, what it was held against, and since when it is so."""

from dataclasses import replace

from callboard import figures
from callboard.alert_rules import AlertOn
from callboard.services.alerting.looking import Looked
from callboard.services.tiles.headlines import tell
from callboard.services.tiles.tile_making import target_text
from callboard.storage.alerts import StandingAlert
from callboard.views import Tile
from metrics.model import Grain, Metric
from metrics.peer_gaps import Against


def tell_alert(looked: Looked, tile: Tile) -> str:
    """What went off: `On-time delivery, Field delivery: 88.0 % in week 46, worse than …`."""
    if looked.rule.when is AlertOn.PEERS:
        return f"{tile.metric_name}, {_against_peers(looked, tile)}."
    value = " ".join(filter(None, (tile.value_text, tile.unit_text)))
    what = f"{tile.metric_name}, {tile.touchpoint_name}"
    return f"{what}: {value} {_when(tile)}, {_why(looked, tile)}."


def tell_over(standing: StandingAlert, looked: Looked | None, tile: Tile | None) -> str:
    """That it is over, with the figure of now where there is one; else what stood."""
    if looked is None or tile is None:
        return f"No longer looked at: {standing.sentence}"
    value = " ".join(filter(None, (tile.value_text, tile.unit_text)))
    what = f"{tile.metric_name}, {tile.touchpoint_name}"
    since = figures.period_label(tile.grain, standing.period)
    return f"{what}: {value} {_when(tile)}; it stood since {_lower(since)}."


def tell_now(tile: Tile) -> str:
    """The newest figure, beside one that was told earlier: `95.0 % in week 47, 2026`."""
    if tile.value is None:
        return f"no figure {_when(tile)}"
    return f"{' '.join(filter(None, (tile.value_text, tile.unit_text)))} {_when(tile)}"


def amount(metric: Metric, difference: float) -> str:
    """A difference without its sign: `2.0 pts`."""
    return figures.format_gap(metric, difference).lstrip("+")


def _when(tile: Tile) -> str:
    """`in week 46, 2026`, `on Tue 17 Nov 2026`."""
    return f"{'on' if tile.grain is Grain.DAY else 'in'} {_lower(tile.period_label)}"


def _lower(label: str) -> str:
    """`Week 46, 2026` inside a sentence; months and days keep their capitals."""
    return f"{label[:1].lower()}{label[1:]}" if label.startswith("Week") else label


def _why(looked: Looked, tile: Tile) -> str:
    match looked.rule.when:
        case AlertOn.TARGET:
            return _against_target(looked, tile)
        case _:
            return tell(_own_figures(tile)) or tile.verdict


def _own_figures(tile: Tile) -> Tile:
    """The tile without where the whole company stands: not everybody who reads may know that."""
    is_company = tile.standing is not None and tile.standing.is_company
    return replace(tile, standing=None) if is_company else tile


def _against_target(looked: Looked, tile: Tile) -> str:
    metric, rule = looked.metric, looked.rule
    promise = target_text(metric, tile.assurance.target)
    outside = f"outside of {promise}" if metric.band else f"worse than the target of {promise}"
    by = f" by more than {amount(metric, rule.by)}" if rule.by else ""
    times = f", {rule.periods} {looked.board.period.grain.value}s in a row" * (rule.periods > 1)
    return f"{outside}{by}{times}"


def _against_peers(looked: Looked, tile: Tile) -> str:
    """Our value in the peers' period, of the company where theirs are of companies."""
    found = looked.ranked
    assert found is not None
    gap, metric = found.gaps[Against.MEDIAN], looked.metric
    who = "the company as a whole" if found.standing.is_company else tile.touchpoint_name
    own, middle = (figures.format_value(metric, each) for each in (found.own, gap.value))
    others = found.standing.peers - 1
    named = "the 1 peer" if others == 1 else f"the middle of {others} peers"
    told = amount(metric, abs(gap.gap))
    return f"{who}: {own} in {found.standing.period_label}, behind {named} ({middle}) by {told}"
