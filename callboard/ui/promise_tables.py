"""What is promised, what was approved, and what a target or a file of them would do, as tables."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.figures import format_span
from callboard.ui import links
from callboard.ui.markup import tag
from callboard.ui.moments import full_day, short_day
from callboard.ui.tables import Column, Row, draw_table

_TALL = 60
_PROMISES = (
    Column(title="Metric and touchpoint"),
    Column(title="Target today", is_number=True),
    Column(title="Met", is_number=True),
    Column(title="Kept"),
    Column(title="In force"),
    Column(title="Who says it, and why"),
    Column(title="Next"),
)
_HISTORY = (
    Column(title="Set"),
    Column(title="Metric"),
    Column(title="Touchpoint"),
    Column(title="Target", is_number=True),
    Column(title="In force"),
    Column(title="Why"),
    Column(title="State"),
    Column(title="Seen then"),
)
_PREVIEW = (Column(title="What"), Column(title="As it is"), Column(title="With this target"))
_LINES = (
    Column(title="Line"),
    Column(title="Touchpoint"),
    Column(title="Metric"),
    Column(title="Target", is_number=True),
    Column(title="What it would do"),
)


def promises_table(view: views.Promises) -> Markup:
    """Return what is promised, by touchpoint and metric, each metric a link to its chart."""
    rows = [_promise(each, view) for each in view.rows]
    caption = "What is promised today, and how it is kept"
    return draw_table(_PROMISES, rows, caption=caption, is_tall=len(rows) > _TALL, is_stacked=True)


def _promise(row: views.PromiseRow, view: views.Promises) -> Row:
    address = {"touchpoint": row.touchpoint, "metric": row.metric, "grain": view.grain.value}
    noun = view.grain.value
    return Row(
        cells=(
            tag("a", row.metric_name, href=links.address("touchpoint", address))
            + tag("small", row.touchpoint_name),
            row.target_text or "no target",
            f"{row.met[0]} of {row.met[1]} {noun}s" if row.met else "–",
            row.promise_text,
            _days(row),
            " · ".join(filter(None, (row.source, row.reason))),
            row.next_text or "–",
        ),
        look="" if row.target is not None else "pale",
    )


def _days(row: views.PromiseRow) -> str:
    if row.since is None:
        return "always" if row.target is not None else "–"
    return _span(row)


def _span(row: views.PromiseRow | views.TargetRow) -> str:
    first = row.day if isinstance(row, views.TargetRow) else row.since
    if first is not None and row.until is not None:
        return format_span(first, row.until)
    return f"since {full_day(first)}" if isinstance(row, views.PromiseRow) else full_day(first)


def history_table(rows: Sequence[views.TargetRow], *, zone: str) -> Markup:
    """Return every target that was approved, the newest first, those withdrawn pale."""
    drawn = [
        Row(
            cells=(
                f"{short_day(each.at, zone)}, by {each.actor}",
                each.metric_name,
                each.touchpoint_name,
                each.value_text,
                _span(each) if each.until else f"from {full_day(each.day)} on",
                each.reason,
                "holds" if each.holds else each.withdrawn,
                each.evidence,
            ),
            look="" if each.holds else "pale",
        )
        for each in sorted(rows, key=lambda each: each.id, reverse=True)
    ]
    caption = "Targets set here, and withdrawn"
    return draw_table(_HISTORY, drawn, caption=caption, is_tall=len(drawn) > _TALL, is_stacked=True)


def preview_table(preview: views.TargetPreview) -> Markup:
    """Return how the newest whole period is judged, as it is and by the target."""
    told = (
        ("Target", preview.target),
        ("Kept", preview.promise),
        ("Met", preview.met),
        ("Verdict", preview.verdict),
    )
    rows = [Row(cells=(name, *pair)) for name, pair in told]
    caption = "How the newest whole period is judged, and how it would be"
    return draw_table(_PREVIEW, rows, caption=caption, is_stacked=True)


def lines_table(file: views.TargetFile) -> Markup:
    """Return the lines of a file, those that are wrong first."""
    ordered = sorted(file.lines, key=lambda each: (not each.is_refused, each.line))
    rows = [
        Row(
            cells=(
                str(each.line),
                each.touchpoint,
                each.metric,
                each.value_text,
                f"Wrong: {each.sentence}" if each.is_refused else each.sentence,
            ),
            look="" if each.is_new or each.is_refused else "pale",
        )
        for each in ordered
    ]
    caption = "The lines of the file, what is wrong first"
    return draw_table(_LINES, rows, caption=caption, is_tall=len(rows) > _TALL, is_stacked=True)
