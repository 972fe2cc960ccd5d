"""Rows that wait for a metric to be defined: what is asked of whom, taken up again, or dropped."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import streamlit as st
from markupsafe import Markup

from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.figures import format_count
from callboard.services.publishing.parking import drop, list_parked, take_up
from callboard.services.publishing.typed_words import list_words
from callboard.ui import lab_state
from callboard.ui.cache import read
from callboard.ui.folds import folded
from callboard.ui.lab_begin import begin
from callboard.ui.lab_publish import is_done
from callboard.ui.lab_widgets import said
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.upkeep import ParkedRowView

_OF = "parked"
_WHICH, _WHY = "cb-parked", "cb-parked-why"
_TAKEN = "cb_parked_taken"  # what this session took up: it can be taken up again
_COLUMNS = (
    Column(title="Word"),
    Column(title="Rows", is_number=True),
    Column(title="What is asked for"),
    Column(title="Asked of"),
    Column(title="Since"),
    Column(title="By"),
    Column(title="File"),
    Column(title="State"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """Rows of one word that were parked together."""

    ids: tuple[int, ...]
    first: ParkedRowView

    @property
    def waits(self) -> bool:
        """Whether nobody has taken them up yet."""
        return self.first.state == "waits"

    @property
    def label(self) -> str:
        """What it is called where one is chosen."""
        return f"{self.first.word} · {_count(len(self.ids))} · {self.first.file_name}"


@tells_errors
def show_parked(page: Page) -> None:
    """List the rows that wait, and let them be taken up or dropped; nothing where none do."""
    with st.container():
        tell_outcome(_OF, seen="The history of it is kept.")
    parked = {each.ids[0]: each for each in _together(_rows(page))}
    if not parked:
        return
    about = "rows of metrics that nobody has defined yet"
    show(tag("div", tag("h2", "Parked rows") + tag("span", about), css="cb-h2", id="parked"))
    show(_table(page, parked.values()))
    if is_allowed(page.actor, Action.PUBLISH):
        _offer_acts(page, parked)


def _rows(page: Page) -> list[ParkedRowView]:
    """What waits, and what this session took up and may not have published."""
    if is_done():
        st.session_state.pop(_TAKEN, None)
    is_free = lab_state.current() is None
    taken = st.session_state.get(_TAKEN, frozenset()) if is_free else frozenset()
    whole = list_parked(page.runtime, page.actor, is_whole=True) if taken else ()
    again = [each for each in whole if each.id in taken and each.state == "taken"]
    return [*list_parked(page.runtime, page.actor), *again]


def _together(rows: Iterable[ParkedRowView]) -> list[Parked]:
    """Rows of one word that somebody parked at once, those whose definition has come first."""

    def act(row: ParkedRowView) -> tuple[object, ...]:
        return (not row.means, row.at, row.word, row.file_name, row.read_as, row.state)

    groups = [list(same) for _, same in groupby(sorted(rows, key=act), key=act)]
    return [Parked(ids=tuple(e.id for e in same), first=same[0]) for same in groups]


def _table(page: Page, parked: Iterable[Parked]) -> Markup:
    rows = [
        Row(
            cells=(
                each.first.word,
                format_count(len(each.ids)),
                each.first.request,
                each.first.asked_of or "nobody by name",
                day_and_time(each.first.at, page.zone),
                each.first.actor,
                each.first.file_name,
                _state(page, each),
            ),
            look="" if each.waits else "pale",
        )
        for each in parked
    ]
    return draw_table(_COLUMNS, rows, caption="What waits for a definition", is_stacked=True)


def _state(page: Page, parked: Parked) -> str:
    if not parked.waits:
        return "taken up"
    metric = page.runtime.definitions.metrics.get(parked.first.means)
    return f"defined by now: {metric.name}" if metric else "waits"


def _offer_acts(page: Page, parked: dict[int, Parked]) -> None:
    with st.container(key="cb-parked-acts", horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            "Parked rows",
            list(parked),
            format_func=lambda each: parked[each].label,
            key=_WHICH,
            width=380,
        )
        chosen = parked[number]
        if not chosen.first.means:
            _ask_meaning(page, chosen)
        is_busy = lab_state.current() is not None
        st.button(
            "Take up",
            key="cb-parked-take",
            disabled=is_busy,
            on_click=_take,
            args=(page, chosen),
        )
    if chosen.waits:
        with folded(_OF, "Drop", icon="delete"):
            st.text_input("Why", key=_WHY, max_chars=200)
            st.button("Drop", key="cb-parked-let-go", on_click=_drop, args=(page, chosen))
    if is_busy:
        told = "Publish the file above or give it up, then parked rows can be taken up."
        show(tag("p", told, css="cb-small"))


def _ask_meaning(page: Page, parked: Parked) -> None:
    metrics = dict(read(page, list_words)["metric"])
    st.selectbox(
        "Which metric it is",
        list(metrics),
        index=None,
        key=_means_key(parked),
        format_func=lambda each: metrics.get(each, each),
        placeholder="choose",
        width=300,
        persist_state="session",
    )


def _means_key(parked: Parked) -> str:
    """What is said of one word is said of no other."""
    return f"cb-parked-means-{parked.ids[0]}"


def _take(page: Page, parked: Parked) -> None:
    """Runs before the page: the rows become a draft with what was said of their file."""
    means = "" if parked.first.means else said(_means_key(parked))
    try:
        (file,) = take_up(page.runtime, page.actor, ids=parked.ids, means=means)
        begin(page, name=file.name, content=file.content, answers=file.answers)
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))
        return
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, frozenset()) | set(parked.ids)
    text = f"{_count(len(parked.ids))} of {parked.first.word} are the file above."
    keep_outcome(_OF, "Taken up", text)


def _drop(page: Page, parked: Parked) -> None:
    """Runs before the page, like `_take`."""
    try:
        count = drop(page.runtime, page.actor, ids=parked.ids, note=said(_WHY))
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))
        return
    st.session_state[_WHY] = ""
    keep_outcome(_OF, "Dropped", f"{_count(count)} of {parked.first.word} wait no more.")


def _count(rows: int) -> str:
    return f"{format_count(rows)} {'row' if rows == 1 else 'rows'}"
