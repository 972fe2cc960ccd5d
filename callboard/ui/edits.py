"""The ways back of what was said by hand: an edit is withdrawn with a reason, or brought back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

import streamlit as st

from callboard.errors import CallboardError
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.outcomes import FAILED, keep_outcome

Act = Callable[[], str]


class Edit(Protocol):
    """What was said by hand, and whether it holds or was withdrawn."""

    @property
    def id(self) -> int:
        """The number that it is withdrawn by."""

    @property
    def holds(self) -> bool:
        """Whether it is in force."""


Row = TypeVar("Row", bound=Edit)


def offer_ways_back(
    of: str,
    noun: str,
    listed: Sequence[Row],
    *,
    name: Callable[[Row], str],
    withdraw: Callable[[int, str], str],
    restore: Callable[[int], str],
) -> None:
    """Let what holds be withdrawn, and what was withdrawn be brought back; `name` tells which."""
    held, gone = (
        {each.id: name(each) for each in listed if each.holds is is_held}
        for is_held in (True, False)
    )
    with st.container(horizontal=True):
        offer_withdrawing(of, noun, held, withdraw=withdraw)
        offer_restoring(of, noun, gone, restore=restore)


def offer_withdrawing(
    of: str, noun: str, edits: Mapping[int, str], *, withdraw: Callable[[int, str], str]
) -> None:
    """Let one of the edits that hold be withdrawn; `withdraw(number, note)` says what it did."""
    if not edits:
        return
    key = f"cb-{of}-withdraw"
    with folded(of, f"Withdraw {noun}", icon="undo"):
        number = _pick(noun, edits, key)
        st.text_input("Why", key=f"{key}-why", max_chars=200)
        st.button("Withdraw", key=f"{key}-now", on_click=_withdraw, args=(of, number, withdraw))


def offer_restoring(
    of: str, noun: str, edits: Mapping[int, str], *, restore: Callable[[int], str]
) -> None:
    """Let one of the withdrawn edits be brought back; `restore(number)` says what it did."""
    if not edits:
        return
    key = f"cb-{of}-restore"
    with folded(of, f"Bring {noun} back", icon="redo"):
        number = _pick(noun, edits, key)
        st.button(
            "Bring back",
            key=f"{key}-now",
            on_click=_restore,
            args=(of, number, restore),
        )


def do(of: str, title: str, act: Act) -> bool:
    """Do it and keep what it says for the page after it; whether it could be done."""
    try:
        text = act()
    except CallboardError as error:
        keep_outcome(of, FAILED, str(error))
        return False
    keep_outcome(of, title, text)
    return True


def _withdraw(of: str, number: int, withdraw: Callable[[int, str], str]) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    key = f"cb-{of}-withdraw-why"
    if do(of, "Withdrawn", lambda: withdraw(number, said(key))):
        st.session_state[key] = ""


def _restore(of: str, number: int, restore: Callable[[int], str]) -> None:
    """Runs before the page, like `_withdraw`."""
    do(of, "Brought back", lambda: restore(number))


def _pick(noun: str, edits: Mapping[int, str], key: str) -> int:
    label = noun.removeprefix("a ").removeprefix("an ").capitalize()
    return int(
        st.selectbox(label, list(edits), format_func=lambda each: plain_label(edits[each]), key=key)
    )
