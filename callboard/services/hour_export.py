"""CSV of the hours of a week, as the page shows them."""

from callboard.services.export import write_csv
from callboard.views import HourMap


def hours_csv(view: HourMap) -> bytes:
    """Return the hours of the week; of a hidden one only how many cases it holds."""
    header = (
        *("metric", "touchpoint", "weekday", "hour", "value", "unit", "numerator", "denominator"),
        *("n", "days", "from_all", "p_adjusted", "differs", "state", "span"),
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, view.touchpoint, each.weekday + 1, each.hour, each.value),
                *(view.unit_text, each.numerator, each.denominator, each.n, each.days),
                *(each.difference, each.p, each.is_clear, each.state.value, view.span),
            )
            for each in view.cells
        ),
    )
