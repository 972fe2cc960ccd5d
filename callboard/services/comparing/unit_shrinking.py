"""Units that differ systematically: each value less chance's part, and how sure its rank is."""

from collections.abc import Sequence

from callboard import figures
from callboard.services.comparing.compared_units import Unit
from callboard.views import Shrunken
from metrics.funnel import Funnel
from metrics.funnel_exact import Kind
from metrics.model import Better, Metric
from metrics.peer_ranking import Chance, Contender, Ruler, places_of, ruler_of
from metrics.rank_intervals import rank_intervals


def shrink_units(metric: Metric, units: Sequence[Unit], funnel: Funnel) -> list[Shrunken]:
    """Return each unit's value drawn towards the whole, with its interval, and its rank."""
    values = zip(*((metric.scale * each).tolist() for each in funnel.shrunken()), strict=True)
    ranks = _ranks(metric, units, funnel)
    return [
        Shrunken(
            value=value,
            low=low,
            high=high,
            text=f"{figures.format_value(metric, value)} "
            f"({figures.format_interval(metric, low, high)})",
            rank_text=rank,
        )
        for (value, low, high), rank in zip(values, ranks, strict=True)
    ]


def _ranks(metric: Metric, units: Sequence[Unit], funnel: Funnel) -> list[str]:
    """`3 (2 to 4) of 16`; where neither way is good, 1 is the highest."""
    chance = Chance.SHARE if funnel.kind is Kind.PROPORTION else Chance.RATE
    ruler = ruler_of(metric) or Ruler(better=Better.HIGHER, chance=chance, scale=metric.scale)
    contenders = [
        Contender(
            entity=unit.code,
            value=unit.value,
            numerator=numerator,
            denominator=denominator,
        )
        for unit, numerator, denominator in zip(
            units, funnel.numerator.tolist(), funnel.denominator.tolist(), strict=True
        )
    ]
    spans = rank_intervals(contenders, ruler) or {}
    return [
        _rank_text(place.rank, spans.get(unit.code), len(units))
        for unit, place in zip(units, places_of(contenders, ruler), strict=True)
    ]


def _rank_text(rank: int, span: tuple[int, int] | None, count: int) -> str:
    sure = f" ({span[0]} to {span[1]})" if span and span[0] != span[1] else ""
    return f"{rank}{sure} of {count}"
