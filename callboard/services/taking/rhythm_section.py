"""The week or the year of a metric as a section: how far each place lies from the level."""

from callboard.services.taking.columns import number, words
from callboard.views import (
    ControlChart,
    ReportDot,
    ReportDots,
    ReportSection,
    ReportTable,
    Rhythm,
)


def rhythm_section(view: Rhythm, chart: ControlChart) -> ReportSection | None:
    """Return the rhythm with its sentences; None where there is nothing to say."""
    told = (
        ("A year before. ", view.same_period),
        ("Runs rules unreliable. ", chart.doubts.runs),
    )
    why = tuple(f"{opening}{text}" for opening, text in told if text)
    if not (view.sentence or why):
        return None
    title = f"{view.noun.capitalize()}s of {chart.metric_name}, {chart.touchpoint_name}"
    return ReportSection(
        title=title if view.places else f"Rhythm of {chart.metric_name}, {chart.touchpoint_name}",
        verdict=view.sentence,
        metric=chart.metric_name,
        chart=_dots(view, title) if view.places else None,
        tables=(_table(view, chart, title),) if view.places else (),
        why=why,
    )


def _unit(view: Rhythm) -> str:
    return "% of the level" if view.is_relative else f"{view.unit_text} from the level"


def _dots(view: Rhythm, title: str) -> ReportDots:
    return ReportDots(
        title=title,
        unit_text=_unit(view),
        decimals=1,
        dots=tuple(
            ReportDot(
                label=f"{place.name} (usually {place.usual_text})",
                value=place.effect,
                value_text=place.effect_text,
            )
            for place in view.places
        ),
        alt=view.alt,
        centre=0.0,
    )


def _table(view: Rhythm, chart: ControlChart, title: str) -> ReportTable:
    columns = (
        *words(view.noun.capitalize()),
        number("From the level", unit="%" if view.is_relative else view.unit_text, decimals=2),
        number("Usually", unit=view.unit_text, decimals=chart.decimals),
        number("Seen", decimals=0),
        *words("Made of"),
    )
    rows = tuple(
        (place.name, place.effect, place.usual, place.counted, view.span) for place in view.places
    )
    return ReportTable(title=title, columns=columns, rows=rows)
