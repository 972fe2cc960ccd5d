"""What every act that a person gives a reason for has: the reason, and how a withdrawal reads."""

from callboard.errors import CallboardError
from callboard.storage.approvals import ApprovalAct

_LONGEST = 200


def said(text: str, otherwise: str, *, longest: int | None = _LONGEST) -> str:
    """What a person typed, without what a database cannot keep; CallboardError for nothing.

    What is beyond the `longest` is cut off.
    """
    plain = text.encode("utf-8", "replace").decode().replace("\x00", "")
    kept = " ".join(plain.split())[:longest]
    if not kept:
        raise CallboardError(otherwise)
    return kept


def tell_withdrawal(act: ApprovalAct) -> str:
    """Return who withdrew something and why."""
    return f"withdrawn by {act.actor}: {act.note}"
