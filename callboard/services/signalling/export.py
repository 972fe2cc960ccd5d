"""CSV of the signals that are listed, in their order and in full precision."""

from callboard.services.export import Cell, write_csv
from callboard.views.signalling import SignalsPage

COLUMNS = (
    *("touchpoint", "touchpoint_name", "metric", "metric_name", "pillar", "owner", "grain"),
    *("signal", "since", "ended", "level", "usual", "gap", "unit", "rule", "amount", "excess"),
    *("verdict", "trust", "cause_kind", "cause", "acknowledged_by", "assignee", "due", "overdue"),
    *("done_by", "comments"),
)


def change_rows(view: SignalsPage) -> list[tuple[Cell, ...]]:
    """Return a row for each signal, its cells those of `COLUMNS`; a cause stands on each."""
    return [
        (
            *(card.touchpoint, card.touchpoint_name, card.metric, card.metric_name),
            *(card.pillar, card.owner, card.grain, card.signal.value, card.since, card.ended),
            *(card.level, card.usual, card.gap, card.unit, card.rule, card.amount, card.excess),
            *(card.verdict, card.trust.badge.value, group.kind.value, group.title),
            *(card.follow.acknowledged_by, card.follow.assignee, card.follow.due),
            *(card.follow.is_overdue, card.follow.done_by),
            "; ".join(each.text for each in card.follow.comments if each.text),
        )
        for group in view.groups
        for card in group.every
    ]


def changes_csv(view: SignalsPage) -> bytes:
    """Return the signals as CSV; no cell is taken for a formula."""
    return write_csv(COLUMNS, change_rows(view))
