"""A composite taken apart, as sections: what adds to the score, and what adds to its change."""

from collections.abc import Iterator

from callboard.services.taking.columns import number, words
from callboard.views import (
    Composition,
    Contribution,
    ControlChart,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportTable,
)
from callboard.views.report import Cell


def composition_sections(view: Composition, chart: ControlChart) -> Iterator[ReportSection]:
    """Return the parts of the score with their table, then those of the change where it has any."""
    title = f"Components of {view.metric_name}, {view.touchpoint_name}, {view.period_label}"
    yield ReportSection(
        title=title,
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_adds_to_score(view, chart),
        tables=(_table(view, chart, title),),
        why=(*view.notes, f"Why these weights: {view.rationale}"),
    )
    change = _adds_to_change(view, chart)
    if change is not None:
        yield ReportSection(
            title=change.title,
            verdict=f"{view.change_text} since {view.label_before}",
            metric=chart.metric_name,
            chart=change,
        )


def _adds_to_score(view: Composition, chart: ControlChart) -> ReportDots | None:
    dots = tuple(
        ReportDot(label=part.name, value=part.contribution, value_text=part.contribution_text)
        for part in view.parts
        if part.contribution is not None
    )
    title = f"Adds to the score, {view.period_label}"
    return _dots(title, chart, dots) if dots and view.score is not None else None


def _adds_to_change(view: Composition, chart: ControlChart) -> ReportDots | None:
    dots = tuple(
        ReportDot(
            label=part.name, value=part.change, value_text=f"{part.change_text} {part.word}".strip()
        )
        for part in view.parts
        if part.change is not None
    )
    title = f"Adds to the change of {view.metric_name} since {view.label_before}"
    return _dots(title, chart, dots) if dots and view.change is not None else None


def _dots(title: str, chart: ControlChart, dots: tuple[ReportDot, ...]) -> ReportDots:
    told = ", ".join(f"{dot.label} {dot.value_text}" for dot in dots)
    return ReportDots(
        title=title,
        unit_text=chart.unit_text,
        decimals=chart.decimals,
        dots=dots,
        alt=f"{title}: {told}.",
        centre=0.0,
    )


def _table(view: Composition, chart: ControlChart, title: str) -> ReportTable:
    unit, decimals = chart.unit_text, chart.decimals
    columns = (
        *words("Component", "Value", "Scale"),
        number("On the scale", decimals=decimals),
        number("Weight", unit="%", decimals=1),
        number("Adds to the score", unit=unit, decimals=decimals),
        number("Adds to the change", unit=unit, decimals=decimals),
        *words("Score without it"),
    )
    total = ("Score", "", "", None, 100.0, view.score, view.change, "")
    rows = (*(_row(part) for part in view.parts), total)
    return ReportTable(title=title, columns=columns, rows=rows)


def _row(part: Contribution) -> tuple[Cell, ...]:
    return (
        *(part.name, part.value_text, part.scale_text, part.scaled, 100 * part.weight),
        *(part.contribution, part.change, part.without_text),
    )
