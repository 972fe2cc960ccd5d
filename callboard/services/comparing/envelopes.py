"""Several sources of one value, told by their range; and our place between published quantiles."""

from collections import defaultdict
from collections.abc import Sequence

from callboard import figures
from callboard.services.comparing.comparability import Published, plain_name
from callboard.services.comparing.own_values import OwnOf
from metrics.envelope import Envelope, envelope_of
from metrics.grades import Aspect, Grade
from metrics.model import Metric
from metrics.peers import COMPETITOR
from metrics.quantile_place import QUANTILES, QuantilePlace, place_between

_TOLD = {
    0.0: "the lowest",
    10.0: "the bottom tenth",
    25.0: "the bottom quarter",
    50.0: "the middle",
    75.0: "the top quarter",
    90.0: "the top tenth",
    100.0: "the best",
}


def envelope_around(published: Published, shown: Sequence[Published]) -> Envelope | None:
    """Return the range of all sources that say what this one says, if it is the preferred of them.

    None where it is the only one that compares.
    """
    what = _what(published)
    alike = [each for each in shown if each.is_fair and _what(each) == what]
    said = [sourced for each in alike if (sourced := each.as_sourced()) is not None]
    found = envelope_of(said)
    if found is None or len(found.sources) < 2 or found.preferred != published.as_sourced():
        return None
    return found


def tell_envelope(metric: Metric, envelope: Envelope | None) -> str:
    """Return what several sources say: `2 sources say 4.3 to 28.0 s, this one is preferred`."""
    if envelope is None:
        return ""
    told = figures.format_interval(metric, envelope.low, envelope.high)
    return f"{len(envelope.sources)} sources say {told}; this one is preferred"


def tell_places(shown: Sequence[Published], own_of: OwnOf) -> tuple[str, ...]:
    """Return where we stand between the quantiles that somebody published of a whole group."""
    groups: defaultdict[tuple[object, ...], list[Published]] = defaultdict(list)
    for each in shown:
        if _is_quantile(each):
            groups[(*_whom(each), each.row.region, each.row.source_name)].append(each)
    return tuple(
        _sentence(group[0], place) for group in groups.values() if (place := _place(group, own_of))
    )


def _is_quantile(published: Published) -> bool:
    """Whether it is a quantile of a group that compares with us in all but being one."""
    row = published.row
    but = published.graded.apart_from(Aspect.STATISTIC)
    return (
        row.statistic in QUANTILES
        and row.entity_type != COMPETITOR
        and but in (Grade.A, Grade.B)
        and published.value is not None
        and row.period_start is not None
    )


def _place(group: Sequence[Published], own_of: OwnOf) -> QuantilePlace | None:
    row = group[0].row
    assert row.period_start is not None
    own = own_of((row.period_start, row.period_end), row.touchpoint)
    if own.value is None:
        return None
    quantiles = {each.row.statistic: each.value for each in group if each.value is not None}
    return place_between(quantiles, own.value, group[0].metric.better)


def _sentence(published: Published, place: QuantilePlace) -> str:
    row = published.row
    assert row.period_start is not None
    span = figures.format_span(row.period_start, row.period_end)
    whom = f"{row.entity} ({row.source_name}, {span})"
    if place.is_beyond_the_best:
        return f"Better than {_TOLD[place.low]} of {whom}; how far beyond is not published."
    if place.is_beyond_the_worst:
        return f"Worse than {_TOLD[place.high]} of {whom}; how far beyond is not published."
    return (
        f"Among {whom} between {_TOLD[place.low]} and {_TOLD[place.high]}: place about "
        f"{place.at:.0f} of 100, where 100 would be the best."
    )


def _what(published: Published) -> tuple[object, ...]:
    """What a value says: of a competitor whatever region is told, as it is ranked once only."""
    row = published.row
    region = "" if published.is_competitor else row.region
    return (*_whom(published), region, row.statistic)


def _whom(published: Published) -> tuple[object, ...]:
    row = published.row
    where = (row.touchpoint, row.segment)
    return (plain_name(row.entity), row.entity_type, *where, row.period_start, row.period_end)
