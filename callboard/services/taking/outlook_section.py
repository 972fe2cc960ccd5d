"""What comes, as a section: year's end against the target, its range, and the way to it."""

from callboard.services.taking.columns import words
from callboard.views import ControlChart, Outlook, ReportSection, ReportTable


def outlook_section(view: Outlook, chart: ControlChart) -> ReportSection | None:
    """Return what the past says of what comes; None where there is nothing to say."""
    if not view.items:
        return None
    title = f"Outlook, {chart.metric_name}, {chart.touchpoint_name}"
    rows = tuple((item.topic, name, value) for item in view.items for name, value in item.numbers)
    table = ReportTable(title=title, columns=words("Of", "What", "How much"), rows=rows)
    return ReportSection(
        title=title,
        verdict="",
        metric=chart.metric_name,
        tables=(table,) if rows else (),
        told=tuple(f"{item.topic}: {item.sentence}" for item in view.items),
    )
