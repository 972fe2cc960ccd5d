"""Choices and tables that all steps of an import use; what they show is what was answered."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from callboard.ui.labels import plain_label
from callboard.ui.markup import tag
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.lab import Choices

_LONGEST_CELL = 60
_COUNTS = "cb_lab_counts"


def pick(  # noqa: PLR0913 - a choice with its answer and what it does
    label: str,
    choices: Choices,
    *,
    key: str,
    chosen: str,
    on_change: Callable[..., None],
    args: Sequence[object] = (),
    is_label_hidden: bool = False,
) -> None:
    """Offer choices, the answered one chosen; `on_change(key, *args)` runs when another is."""
    words = dict(choices)
    if chosen not in words:
        words[chosen] = chosen or "choose"
    key = _key_holding(key, chosen, hash(tuple(words.values())))
    st.selectbox(
        plain_label(label),
        list(words),
        key=key,
        format_func=lambda each: words[each],
        on_change=_tell_change,
        args=(on_change, chosen, key, *args),
        label_visibility="collapsed" if is_label_hidden else "visible",
    )


def write(  # noqa: PLR0913 - a field with its answer and what it does
    label: str,
    *,
    key: str,
    text: str,
    on_change: Callable[..., None],
    args: Sequence[object] = (),
    hint: str = "",
    is_label_hidden: bool = False,
) -> None:
    """Offer a line of text with what was answered in it."""
    key = _key_holding(key, text)
    st.text_input(
        plain_label(label),
        key=key,
        max_chars=200,
        on_change=_tell_change,
        args=(on_change, text, key, *args),
        placeholder=hint or None,
        label_visibility="collapsed" if is_label_hidden else "visible",
    )


def tick(
    label: str,
    *,
    key: str,
    is_ticked: bool,
    on_change: Callable[..., None],
    args: Sequence[object] = (),
    hint: str = "",
) -> None:
    """Offer a box with what was answered in it; `on_change(key, *args)` runs when it is another.

    Its answer is the box's own default: one that comes back to the page would else be empty.
    """
    answer = "True" if is_ticked else ""
    if _numbered(key) in st.session_state and said(_numbered(key)) != answer:
        count, words = st.session_state[_COUNTS].get(key, (0, 0))
        st.session_state[_COUNTS][key] = (count + 1, words)
    key = _numbered(key)
    st.checkbox(
        plain_label(label),
        value=is_ticked,
        key=key,
        on_change=_tell_change,
        args=(on_change, answer, key, *args),
        help=hint or None,
    )


def held(key: str) -> str | None:
    """Return what the `pick` or `write` of this key holds; None where it is not on the page."""
    widget = _numbered(key)
    return said(widget) if widget in st.session_state else None


def _key_holding(key: str, answer: str, words: int = 0) -> str:
    """Return the key of a widget that holds this answer: a new one where another act changed it.

    A browser sends all its widgets with every message. One that has not heard yet what another
    act answered sends its old choice, which is none of this widget's. A choice is sent in the
    words it was offered in, so other words need another widget too.
    """
    widget = _numbered(key)
    count, before = st.session_state[_COUNTS].get(key, (0, words))
    is_other = before != words or said(widget) != answer
    if widget in st.session_state and is_other:
        count += 1
    st.session_state[_COUNTS][key] = (count, words)
    widget = _numbered(key)
    if widget not in st.session_state:
        st.session_state[widget] = answer
    return widget


def _tell_change(on_change: Callable[..., None], drawn: str, key: str, *args: object) -> None:
    """Call `on_change` where somebody chose another answer than was drawn.

    A browser also sends widgets that left the page a moment ago; Streamlit takes those for
    changed, for it has forgotten them.
    """
    if said(key) != drawn:
        on_change(key, *args)


def _numbered(key: str) -> str:
    count, _ = st.session_state.setdefault(_COUNTS, {}).get(key, (0, 0))
    return f"{key}~{count}" if count else key


def said(key: str) -> str:
    """Return what a widget of this key holds."""
    return str(st.session_state.get(key, "") or "").strip()


def grid(titles: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str) -> Markup:
    """Return cells as they are under their titles, long ones cut, rows of any length.

    Columns beyond the titles are named as in a spreadsheet: A, B, C.
    """
    told = [tuple(map(_cut, row)) for row in rows]
    width = max([len(titles), *map(len, told)])
    letters = map(_letter, range(width - len(titles)))
    columns = [Column(title=title.strip() or "(no name)") for title in (*titles, *letters)]
    filled = [Row(cells=(*row, *[""] * (width - len(row)))) for row in told]
    return draw_table(columns, filled, caption=caption)


def _letter(at: int) -> str:
    """The name a spreadsheet gives a column: A to Z, then AA."""
    before, own = divmod(at, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + own)


def part(title: str, aside: str = "") -> Markup:
    """Return the heading of a part of a step."""
    return tag("div", tag("h3", title) + (tag("span", aside) if aside else ""), css="cb-h3")


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1]}…"
