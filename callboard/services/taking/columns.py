"""The columns of our tables: words, and numbers with their unit in the heading."""

from callboard.views import ReportColumn


def words(*titles: str) -> tuple[ReportColumn, ...]:
    """Return columns of text."""
    return tuple(ReportColumn(title=title) for title in titles)


def number(title: str, *, unit: str = "", decimals: int | None = None) -> ReportColumn:
    """Return a column of numbers; `decimals` None shows them as they are."""
    told = f"{title}, {unit}" if unit else title
    return ReportColumn(title=told, is_number=True, decimals=decimals)
