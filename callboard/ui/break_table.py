"""The lists of breaks and of baselines, and what approving one would do, as tables."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.figures import format_span
from callboard.ui.moments import full_day, short_day
from callboard.ui.tables import Column, Row, draw_table
from metrics.chosen import BaselineUse

_BREAKS = (
    Column(title="Changed on"),
    Column(title="What changed"),
    Column(title="State"),
    Column(title="Approved"),
    Column(title="Seen then"),
)
_BASELINES = (
    Column(title="Days"),
    Column(title="Limits"),
    Column(title="Why"),
    Column(title="State"),
    Column(title="Laid down"),
    Column(title="Seen then"),
)
_USES = {BaselineUse.ONLY: "from these days only", BaselineUse.ASIDE: "without these days"}
_PREVIEW = (Column(title="What"), Column(title="As it is, and as it would be"))


def breaks_table(rows: Sequence[views.BreakRow], *, zone: str) -> Markup:
    """Return the breaks, the newest first."""
    drawn = [
        Row(
            cells=(
                full_day(each.day),
                each.reason,
                "holds" if each.holds else each.withdrawn,
                f"{short_day(each.at, zone)}, by {each.actor}",
                each.evidence,
            ),
            look="" if each.holds else "pale",
        )
        for each in sorted(rows, key=lambda each: (each.day, each.id), reverse=True)
    ]
    return draw_table(_BREAKS, drawn, caption="Breaks, approved and withdrawn", is_stacked=True)


def baselines_table(rows: Sequence[views.BaselineRow], *, zone: str) -> Markup:
    """Return the baselines, the newest days first."""
    drawn = [
        Row(
            cells=(
                format_span(each.first, each.last),
                _USES[each.use],
                each.reason,
                "holds" if each.holds else each.withdrawn,
                f"{short_day(each.at, zone)}, by {each.actor}",
                each.evidence,
            ),
            look="" if each.holds else "pale",
        )
        for each in sorted(rows, key=lambda each: (each.first, each.id), reverse=True)
    ]
    return draw_table(
        _BASELINES, drawn, caption="Baselines, laid down and withdrawn", is_stacked=True
    )


def preview_table(preview: views.BreakPreview | views.BaselinePreview, *, of: str) -> Markup:
    """Return what would change, before and after; `of` names what would change it."""
    (usual, new), (span, new_span), (verdict, new_verdict) = (
        preview.centre,
        preview.limits,
        preview.verdict,
    )
    rows = [
        Row(cells=("Centre", f"{usual} → {new}")),
        Row(cells=("By chance alone", f"{span} → {new_span}")),
        Row(cells=("Verdict as it is", verdict)),
        Row(cells=(f"With the {of}", new_verdict)),
    ]
    return draw_table(_PREVIEW, rows, caption=f"What the {of} changes")
