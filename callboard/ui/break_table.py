"""The list of breaks, and what approving one would do, as tables."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.ui.moments import full_day, short_day
from callboard.ui.tables import Column, Row, draw_table

_BREAKS = (
    Column(title="Changed on"),
    Column(title="What changed"),
    Column(title="State"),
    Column(title="Approved"),
    Column(title="Seen then"),
)
_PREVIEW = (Column(title="What"), Column(title="As it is, and with the break"))


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
    return draw_table(_BREAKS, drawn, caption="Breaks, approved and withdrawn")


def preview_table(preview: views.BreakPreview) -> Markup:
    """Return what would change, before and after."""
    (usual, new), (span, new_span), (verdict, new_verdict) = (
        preview.centre,
        preview.limits,
        preview.verdict,
    )
    rows = [
        Row(cells=("Centre", f"{usual} → {new}")),
        Row(cells=("By chance alone", f"{span} → {new_span}")),
        Row(cells=("Verdict as it is", verdict)),
        Row(cells=("With the break", new_verdict)),
    ]
    return draw_table(_PREVIEW, rows, caption=f"What a break from {preview.period_label} changes")
