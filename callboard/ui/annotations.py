"""Annotations of the metric that is looked at: what was written, and writing, editing, undoing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.annotating import annotations as annotating
from callboard.ui.annotation_table import annotations_table, days_of
from callboard.ui.cache import read
from callboard.ui.folds import folded
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.reading import read_history
from callboard.ui.touchpoint import TouchpointQuestion

_OF = "annotation"
_COUNT = "cb_annotation_count"
_PAST, _AHEAD = timedelta(days=3650), timedelta(days=365)
_TAGS = [each.value for each in views.AnnotationTag]
_SERIES, _PLACE, _METRIC, _EVERYWHERE = "series", "place", "metric", "everywhere"
Rows = dict[int, views.AnnotationRow]


@tells_errors
def show_annotations(page: Page, question: TouchpointQuestion) -> None:
    """List what was written beside the metric; who may can write, edit, withdraw and bring back."""
    if not question.metric:
        return
    listed = read(
        page,
        annotating.list_annotations,
        touchpoint=question.touchpoint,
        metric=question.metric,
    )
    may_act = is_allowed(page.actor, Action.ANNOTATE)
    if not (listed or may_act):
        return
    show(tag("div", tag("h2", "Annotations"), css="cb-h2", id="annotations"))
    with st.container():
        tell_outcome(_OF, seen="The flags above the chart show it.")
    if not listed:
        show(tag("p", "Nothing is written beside this metric yet."))
    if may_act:
        _offer_writing(page, question)
    if listed:
        show(annotations_table(listed, zone=page.zone))
    if may_act and listed:
        _offer_acts(page, question, listed)


def _offer_writing(page: Page, question: TouchpointQuestion) -> None:
    shown = read_history(page, question).period
    count = st.session_state.get(_COUNT, 0)
    key = f"{question.touchpoint}-{question.metric}-{shown}-{count}"
    with folded(_OF, "What happened? Write it on the charts", icon="flag", width=None):
        _fields(page, question, key, shown)
        st.button(
            "Annotate",
            key=f"cb-annotation-add-{key}",
            type="primary",
            on_click=partial(_add, page, question, key),
        )


def _fields(
    page: Page, question: TouchpointQuestion, key: str, of: views.AnnotationRow | str
) -> None:
    """The fields of an annotation: as it stands where one is edited, else of an ISO day."""
    row = None if isinstance(of, str) else of
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _pick_days(page, key, of)
        st.selectbox(
            "Tag",
            _TAGS,
            index=_TAGS.index(row.tag.value) if row else 0,
            key=f"cb-annotation-tag-{key}",
            width=140,
        )
        reaches = _reaches(page, question)
        st.selectbox(
            "Shown on",
            list(reaches),
            index=list(reaches).index(_reach_of(row)),
            format_func=reaches.__getitem__,
            key=f"cb-annotation-reach-{key}",
            width=300,
        )
    st.text_input(
        f"What happened, in {annotating.LONGEST} letters at most",
        value=row.text if row else "",
        key=f"cb-annotation-text-{key}",
        max_chars=annotating.LONGEST,
        placeholder="New checklist for the first call",
    )


def _pick_days(page: Page, key: str, of: views.AnnotationRow | str) -> None:
    if isinstance(of, str):
        first, last = date.fromisoformat(of) if of else None, None
    else:
        first, last = of.first, of.last if of.last > of.first else None
    _pick_day(page, "Day", f"cb-annotation-first-{key}", first)
    _pick_day(page, "To (if longer)", f"cb-annotation-last-{key}", last)


def _pick_day(page: Page, label: str, key: str, value: date | None) -> None:
    today = page.runtime.clock.today(page.runtime.workspace.time_zone)
    low = min(today - _PAST, value) if value else today - _PAST
    high = max(today + _AHEAD, value) if value else today + _AHEAD
    st.date_input(
        label,
        value=value,
        min_value=low,
        max_value=high,
        format="YYYY-MM-DD",
        key=key,
        width=160,
    )


def _reaches(page: Page, question: TouchpointQuestion) -> dict[str, str]:
    definitions = page.runtime.definitions
    place = definitions.touchpoints[question.touchpoint].name
    metric = definitions.metrics[question.metric].name
    found = {
        _SERIES: plain_label(f"{metric}, {place}"),
        _PLACE: plain_label(f"All metrics, {place}"),
    }
    if page.actor.touchpoints is not None:
        return found
    everywhere = "All metrics, every touchpoint"
    return found | {_METRIC: plain_label(f"{metric}, every touchpoint"), _EVERYWHERE: everywhere}


def _reach_of(row: views.AnnotationRow | None) -> str:
    """How far an annotation of this list reaches, which an edit keeps unless it is changed."""
    if row is None:
        return _SERIES
    if row.touchpoint:
        return _SERIES if row.metric else _PLACE
    return _METRIC if row.metric else _EVERYWHERE


def _written(question: TouchpointQuestion, key: str) -> views.WrittenAnnotation:
    state = st.session_state
    first, last = state.get(f"cb-annotation-first-{key}"), state.get(f"cb-annotation-last-{key}")
    reach = state.get(f"cb-annotation-reach-{key}", _SERIES)
    return views.WrittenAnnotation(
        touchpoint="" if reach in (_METRIC, _EVERYWHERE) else question.touchpoint,
        metric=question.metric if reach in (_SERIES, _METRIC) else "",
        first=first.isoformat() if first else "",
        last=last.isoformat() if last else "",
        text=str(state.get(f"cb-annotation-text-{key}", "")),
        tag=str(state.get(f"cb-annotation-tag-{key}", "")),
    )


def _offer_acts(
    page: Page, question: TouchpointQuestion, listed: tuple[views.AnnotationRow, ...]
) -> None:
    everywhere = page.actor.touchpoints is None
    mine = [each for each in listed if each.touchpoint or everywhere]
    standing: Rows = {each.id: each for each in mine if each.holds}
    withdrawn: Rows = {each.id: each for each in mine if not each.holds}
    with st.container(horizontal=True):
        if standing:
            _offer_edit(page, question, standing)
            _offer_withdrawal(page, standing)
        if withdrawn:
            with folded(_OF, "Bring an annotation back", icon="redo"):
                back = _pick("Withdrawn annotation", withdrawn, "cb-annotation-restore")
                st.button(
                    "Bring back",
                    key="cb-annotation-restore-now",
                    on_click=partial(_restore, page, back),
                )


def _offer_edit(page: Page, question: TouchpointQuestion, standing: Rows) -> None:
    with folded(_OF, "Edit an annotation", icon="edit", width=None):
        number = _pick("Annotation to edit", standing, "cb-annotation-edit")
        _fields(page, question, f"edit-{number}", standing[number])
        st.button(
            "Replace it",
            key="cb-annotation-edit-now",
            on_click=partial(_edit, page, question, number),
        )


def _offer_withdrawal(page: Page, standing: Rows) -> None:
    with folded(_OF, "Withdraw an annotation", icon="undo"):
        number = _pick("Annotation", standing, "cb-annotation-withdraw")
        st.text_input("Why", key="cb-annotation-why", max_chars=200)
        st.button(
            "Withdraw",
            key="cb-annotation-withdraw-now",
            on_click=partial(_withdraw, page, number),
        )


def _pick(label: str, rows: Rows, key: str) -> int:
    return int(
        st.selectbox(
            label,
            list(rows),
            format_func=lambda number: _name_of(rows[number]),
            key=key,
        )
    )


def _name_of(row: views.AnnotationRow) -> str:
    return plain_label(f"{days_of(row)} · {row.text}")


def _add(page: Page, question: TouchpointQuestion, key: str) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    written = _written(question, key)
    if _act("Annotated", lambda: annotating.add(page.runtime, page.actor, written)):
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _edit(page: Page, question: TouchpointQuestion, number: int) -> None:
    """Runs before the page, like `_add`."""
    written = _written(question, f"edit-{number}")
    _act(
        "Annotation edited",
        lambda: annotating.edit(page.runtime, page.actor, number=number, written=written),
    )


def _withdraw(page: Page, number: int) -> None:
    """Runs before the page, like `_add`."""
    note = str(st.session_state.get("cb-annotation-why", ""))
    if _act(
        "Annotation withdrawn",
        lambda: annotating.withdraw(page.runtime, page.actor, number=number, note=note),
    ):
        st.session_state["cb-annotation-why"] = ""


def _restore(page: Page, number: int) -> None:
    """Runs before the page, like `_add`."""
    _act(
        "Annotation brought back",
        lambda: annotating.restore(page.runtime, page.actor, number=number),
    )


def _act(title: str, act: Callable[[], views.AnnotationRow]) -> bool:
    """Do it and keep what is told of it; whether it was done."""
    try:
        row = act()
    except CallboardError as error:
        keep_outcome(_OF, FAILED, str(error))
        return False
    keep_outcome(_OF, title, f"{days_of(row)}: {row.text}. On: {row.about}.")
    return True
