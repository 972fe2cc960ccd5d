"""Others beside us: the league with grades and sources, gaps, and units compared."""

from callboard.services.taking.stamping import sources_of
from callboard.views import (
    Comparison,
    CompetitorsPage,
    ReportColumn,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportSource,
    ReportTable,
)
from metrics.model import Metric

_SOURCES = (
    ReportColumn(title="Of"),
    ReportColumn(title="Value as published"),
    ReportColumn(title="Grade"),
    ReportColumn(title="Counted"),
    ReportColumn(title="Period"),
    ReportColumn(title="As of"),
    ReportColumn(title="Source"),
    ReportColumn(title="Address"),
)


def league_section(view: CompetitorsPage, metric: Metric) -> ReportSection:
    """Return how we stand beside published values, each with its grade and its source."""
    unit = f", {view.unit_text}" if view.unit_text else ""
    columns = (
        *(ReportColumn(title="Who"), ReportColumn(title="Rank", is_number=True, decimals=0)),
        ReportColumn(title=f"Value{unit}", is_number=True, decimals=metric.decimals),
        *(_interval(f"Low{unit}", metric), _interval(f"High{unit}", metric)),
        *map(_text, ("Grade", "Counted", "Statistic", "Period", "As of", "Gap to us")),
        *map(_text, ("Source", "Note")),
    )
    rows = tuple(
        (
            *(each.entity, each.rank, each.value, each.low, each.high),
            *(each.grade.value if each.grade else "ours", each.n_text, each.statistic),
            *(each.period_label, each.as_of, each.gap_text, each.source, each.note),
        )
        for each in view.league
    )
    title = f"{view.metric_name} beside published values"
    return ReportSection(
        title=title,
        verdict=view.headline,
        metric=view.metric_name,
        is_cited=True,
        chart=_league_dots(view, metric, title),
        tables=(ReportTable(title=title, columns=columns, rows=rows), *_gaps(view, metric)),
        why=tuple(filter(None, (view.standing, view.changes, view.coverage, view.not_comparable))),
    )


def _text(title: str) -> ReportColumn:
    return ReportColumn(title=title)


def _interval(title: str, metric: Metric) -> ReportColumn:
    return ReportColumn(title=title, is_number=True, decimals=metric.decimals)


def _league_dots(view: CompetitorsPage, metric: Metric, title: str) -> ReportDots | None:
    """What is of grade D is listed only; what may not be compared is pale."""
    dots = tuple(
        ReportDot(
            label=_graded(each.entity, each.grade.value if each.grade else "", each.n_text),
            value=each.value,
            value_text=each.value_text,
            low=each.low,
            high=each.high,
            is_ours=each.is_us,
            is_pale=not each.comparable,
        )
        for each in view.league
        if each.is_drawn and each.value is not None
    )
    if not dots:
        return None
    return ReportDots(
        title=title,
        unit_text=view.unit_text,
        decimals=metric.decimals,
        dots=dots,
        alt=f"{view.headline} {view.standing}".strip(),
    )


def _graded(entity: str, grade: str, n_text: str) -> str:
    told = ", ".join(filter(None, (f"grade {grade}" if grade else "", n_text)))
    return f"{entity} ({told})" if told else entity


def _gaps(view: CompetitorsPage, metric: Metric) -> tuple[ReportTable, ...]:
    if not view.gaps:
        return ()
    unit = f", {view.gap_unit}" if view.gap_unit else ""
    columns = (
        *map(_text, ("Against", "Value")),
        _interval(f"Ahead by{unit}", metric),
        *(_interval(f"Low{unit}", metric), _interval(f"High{unit}", metric)),
        _text("Made of"),
    )
    rows = tuple(
        (each.name, each.value_text, each.gap, each.low, each.high, each.made_of)
        for each in view.gaps
    )
    title = f"{view.metric_name}: what we are held against, {view.period_label}"
    return (ReportTable(title=title, columns=columns, rows=rows),)


def trend_section(view: CompetitorsPage, metric: Metric) -> ReportSection | None:
    """Return our values and everybody's published ones by period; None where there are none."""
    trend = view.trend
    told = [("us", each) for each in trend.ours]
    told += [
        (entity, each)
        for entity, values in (*trend.peers.items(), *trend.pale.items())
        for each in values
    ]
    if not trend.peers:
        return None
    unit = f", {view.unit_text}" if view.unit_text else ""
    columns = (
        *map(_text, ("Who", "First day", "Last day")),
        ReportColumn(title=f"Value{unit}", is_number=True, decimals=metric.decimals),
    )
    title = f"{view.metric_name} against the peers over time"
    rows = tuple((entity, start, end, value) for entity, (start, end, value) in told)
    table = ReportTable(title=title, columns=columns, rows=rows)
    return ReportSection(
        title=title, verdict=trend.alt, metric=view.metric_name, tables=(table,), is_cited=True
    )


def peer_sources(view: CompetitorsPage, metric: Metric) -> tuple[ReportSource, ...]:
    """Return where each published value beside us comes from."""
    return sources_of(metric, view.league)


def source_table(title: str, sources: tuple[ReportSource, ...]) -> ReportTable:
    """Return sources as a table: whose value, how far it compares, from where."""
    rows = tuple(
        (
            *(f"{each.entity}, {each.metric}", each.value_text),
            *(each.grade.value if each.grade else "", each.n_text, each.period, each.as_of),
            *(each.source, each.url),
        )
        for each in sources
    )
    return ReportTable(title=title, columns=_SOURCES, rows=rows)


def comparison_section(view: Comparison) -> ReportSection:
    """Return the units of a metric beside each other, with the finding of each."""
    unit = f", {view.unit_text}" if view.unit_text else ""

    def number(name: str) -> ReportColumn:
        return ReportColumn(title=f"{name}{unit}", is_number=True, decimals=view.decimals)

    columns = (
        *(_text(view.noun.capitalize()), number("Value"), number("Low, 95 %")),
        *(number("High, 95 %"), ReportColumn(title="Numerator", is_number=True)),
        ReportColumn(title="Denominator", is_number=True),
        *(ReportColumn(title="Counted", is_number=True, decimals=0), _text("Finding")),
    )
    rows = tuple(
        (
            *(each.name, each.value, each.low, each.high, each.numerator, each.denominator),
            *(each.n, each.finding),
        )
        for each in view.units
    )
    title = f"{view.metric_name}, {view.period_label}"
    left_out = (f"Not compared: {name}, {reason}." for name, reason in view.left_out)
    return ReportSection(
        title=title,
        verdict=view.headline,
        metric=view.metric_name,
        is_cited=True,
        chart=_unit_dots(view, title),
        tables=(ReportTable(title=title, columns=columns, rows=rows),),
        why=tuple(filter(None, (view.lead, view.chance, *left_out))),
    )


def _unit_dots(view: Comparison, title: str) -> ReportDots | None:
    if len(view.units) < 2:
        return None
    return ReportDots(
        title=title,
        unit_text=view.unit_text,
        decimals=view.decimals,
        dots=tuple(
            ReportDot(
                label=f"{each.name} ({each.n_text})" if each.n_text else each.name,
                value=each.value,
                value_text=each.value_text,
                low=each.low,
                high=each.high,
                signal=each.signal,
            )
            for each in view.units
        ),
        alt=view.alt,
        centre=view.centre,
    )
