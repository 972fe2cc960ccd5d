"""What moves before a metric, backstage, as a section: the pairs, and the strongest lag by lag."""

from callboard.figures import format_number
from callboard.services.taking.columns import number, words
from callboard.views import (
    Backstage,
    BackstagePair,
    ControlChart,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportTable,
)
from callboard.views.report import Cell

_INTERVAL = (
    number("ρ", decimals=2),
    number("Low, 95 %", decimals=2),
    number("High, 95 %", decimals=2),
)


def backstage_section(view: Backstage, chart: ControlChart) -> ReportSection | None:
    """Return what was looked at behind a metric; None where the touchpoint stands on no service."""
    if not view.services:
        return None
    pairs = f"Backstage, {chart.metric_name}, {chart.touchpoint_name}"
    tables = (_pairs(view, pairs), _lags(view, f"By lag, {chart.metric_name}"))
    return ReportSection(
        title=pairs,
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_dots(view.found[0]) if view.found else None,
        tables=tables if view.judged else (),
        why=(*(pair.sentence for pair in view.found), *((view.method,) if view.judged else ())),
    )


def _pairs(view: Backstage, title: str) -> ReportTable:
    columns = (
        *words("Backstage", "Service"),
        *(number("Likeliest lag, weeks", decimals=0), *_INTERVAL),
        *words("Earlier, then later half"),
        number("Weeks", decimals=0),
        *words("What it says"),
    )
    return ReportTable(title=title, columns=columns, rows=tuple(map(_pair, view.pairs)))


def _pair(pair: BackstagePair) -> tuple[Cell, ...]:
    names, best = (pair.metric_name, pair.touchpoint_name), pair.best
    if best is None:
        return (*names, None, None, None, None, "", None, "too little history")
    says = "moves together" if pair.holds else "no more than chance"
    return (
        *(*names, best.lag, best.rho, best.low, best.high),
        *(pair.halves_text, best.pairs, says),
    )


def _lags(view: Backstage, title: str) -> ReportTable:
    columns = (
        *words("Backstage"),
        number("Weeks later", decimals=0),
        *(*_INTERVAL, number("Weeks", decimals=0)),
    )
    rows = tuple(
        (pair.name, each.lag, each.rho, each.low, each.high, each.pairs)
        for pair in view.judged
        for each in pair.lags
    )
    return ReportTable(title=title, columns=columns, rows=rows)


def _dots(pair: BackstagePair) -> ReportDots:
    """Every lag of a pair; those the wrong way round, which are a placebo, are pale."""
    return ReportDots(
        title=pair.name,
        unit_text="ρ",
        decimals=2,
        dots=tuple(
            ReportDot(
                label=_later(each.lag),
                value=each.rho,
                value_text=format_number(each.rho, 2),
                low=each.low,
                high=each.high,
                is_ours=each == pair.best,
                is_pale=each.lag < 0,
            )
            for each in pair.lags
        ),
        alt=pair.alt,
        centre=0.0,
    )


def _later(lag: int) -> str:
    weeks = "1 week" if abs(lag) == 1 else f"{abs(lag)} weeks"
    if lag == 0:
        return "the same week"
    return f"{weeks} later" if lag > 0 else f"{weeks} before (the other way round)"
