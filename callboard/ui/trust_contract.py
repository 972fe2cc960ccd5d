"""What one feed promises, in plain words, and column by column."""

from callboard import views
from callboard.ui.markup import joined, show, tag
from callboard.ui.moments import day_and_time
from callboard.ui.tables import Column, Row, draw_table

_COLUMNS = (
    Column(title="Column"),
    Column(title="Type"),
    Column(title="What it means"),
    Column(title="Classification"),
)


def show_contract(feed: views.FeedTrust, zone: str) -> None:
    """Show the facts of a contract and its columns."""
    facts = (
        ("What it is for", feed.purpose),
        ("Who answers for it", feed.owner),
        ("Where to ask", feed.channel),
        ("Version", feed.version),
        ("Last run", day_and_time(feed.last_run, zone)),
        ("Last good run", day_and_time(feed.last_good, zone)),
        ("Metrics that stand on it", " · ".join(sorted(feed.metrics, key=str.casefold))),
    )
    listed = joined(tag("dt", name) + tag("dd", text) for name, text in facts if text)
    rows = [Row(cells=column) for column in feed.columns]
    show(
        tag("dl", listed, css="cb-facts")
        + draw_table(
            _COLUMNS, rows, caption=f"What {feed.name} promises, column by column", is_stacked=True
        )
    )
