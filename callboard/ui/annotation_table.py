"""Annotations in words: the list below a chart, by the numbers of its flags, and all of them."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.figures import format_day, format_span
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.moments import short_day
from callboard.ui.tables import Column, Row, draw_table

_MOST = 12
_COLUMNS = (
    Column(title="Days"),
    Column(title="What happened"),
    Column(title="Tag"),
    Column(title="About"),
    Column(title="State"),
    Column(title="Written"),
)


def flag_list(marks: Sequence[views.AnnotationMark]) -> Markup:
    """Return what the flags of a chart say, the newest ones where there are many."""
    if not marks:
        return NOTHING
    shown = marks[-_MOST:]
    earlier = len(marks) - len(shown)
    listed = tag("ol", joined(_flag(mark) for mark in shown), css="cb-flags")
    more = f"{earlier} earlier: see the list of annotations." if earlier else ""
    return listed + (tag("p", more, css="cb-small") if more else NOTHING)


def _flag(mark: views.AnnotationMark) -> Markup:
    about = f" ({mark.about})" if mark.about else ""
    return tag(
        "li",
        tag("b", str(mark.number)) + f" {mark.days} · {mark.tag.value}: {mark.text}{about}",
    )


def annotations_table(rows: Sequence[views.AnnotationRow], *, zone: str) -> Markup:
    """Return the annotations, the newest days first, what was withdrawn or edited among them."""
    drawn = [
        Row(
            cells=(
                days_of(each),
                each.text,
                each.tag.value,
                each.about,
                "stands" if each.holds else each.withdrawn,
                f"{short_day(each.at, zone)}, by {each.actor}",
            ),
            look="" if each.holds else "pale",
        )
        for each in sorted(rows, key=lambda each: (each.first, each.id), reverse=True)
    ]
    return draw_table(
        _COLUMNS,
        drawn,
        caption="Annotations, standing and withdrawn",
        is_tall=True,
        is_stacked=True,
    )


def days_of(row: views.AnnotationRow) -> str:
    """Return the day or the days of an annotation."""
    return format_day(row.first) if row.first == row.last else format_span(row.first, row.last)
