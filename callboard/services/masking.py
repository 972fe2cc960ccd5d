"""Which columns of a feed are personal, and what stands in their place."""

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
