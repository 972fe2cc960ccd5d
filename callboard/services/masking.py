"""Which columns of a feed are personal, and what stands in their place."""

from datetime import UTC, datetime

from data_contracts.model import Contract

MASK = "•••"
_SHOWN = frozenset({"", "public", "internal"})


def hidden_columns(contract: Contract) -> frozenset[str]:
    """The columns, by both of their names, whose classification keeps them from the screen."""
    return frozenset(
        name
        for column in contract.columns
        if column.classification not in _SHOWN
        for name in (column.name, column.physical_name)
    )


def shown_text(value: object, *, is_hidden: bool) -> str:
    """Return a cell of a feed as a reader may see it; a moment in UTC, nothing as ""."""
    if value is None:
        return ""
    if is_hidden:
        return MASK
    if isinstance(value, datetime):
        utc = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return utc.isoformat(sep=" ", timespec="seconds")
    return str(value)
