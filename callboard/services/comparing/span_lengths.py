"""How long the periods are that publishers tell: values of one length lie on one line."""

from callboard.services.comparing.own_values import Span
from metrics.calendar import calendar_for
from metrics.model import Grain


def months_in(span: Span) -> int:
    """Return how many whole months a span is, 0 where it begins or ends within one."""
    months = calendar_for(Grain.MONTH)
    first, last = months.period_of(span[0]), months.period_of(span[1])
    if (first.start, last.end) != span:
        return 0
    return (last.start.year - first.start.year) * 12 + last.start.month - first.start.month + 1


def periods_apart(span: Span, first: Span) -> int:
    """Return the place of a span on an axis of spans as long, `first` of them at 0."""
    apart = (span[0].year - first[0].year) * 12 + span[0].month - first[0].month
    return apart // max(months_in(first), 1)
