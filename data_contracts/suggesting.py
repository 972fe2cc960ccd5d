"""What a value that breaks a check was probably meant to be."""

from collections.abc import Collection

from data_contracts.model import Check


def suggest(
    check: Check,  # noqa: ARG001 - what the value breaks
    found: object,  # noqa: ARG001 - the value
    *,
    words: Collection[str],  # noqa: ARG001 - what is allowed instead
) -> str:
    """Return a sentence for whoever corrects the row; "" where nothing sensible can be said."""
    return ""
