"""Step two of an import: what each column of the file is, and what no column says."""

from dataclasses import replace

import streamlit as st

from callboard import views
from callboard.ui import lab_state, states
from callboard.ui.lab_questions import show_questions
from callboard.ui.lab_state import LabState
from callboard.ui.lab_widgets import part, pick, said, write
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.page import Page
from data_contracts.importing.alike import alike, tell_alike
from data_contracts.importing.answering import with_column, with_constant, with_proposals
from data_contracts.importing.answers import ColumnAnswer
from data_contracts.importing.matches import ColumnMatch

_MOST = 60
_SURE, _LIKELY = 0.9, 0.7
_WIDTHS = [3, 3, 3, 4]
_IGNORED = ("", "left out")


def show_columns(page: Page, state: LabState, view: views.LabView) -> None:  # noqa: ARG001
    """Ask what each column is, with what speaks for it, and what is the same in all rows."""
    if not lab_state.is_mapped(view):
        _tell_missing(view)
    open_columns = [each for each in view.mapping.columns if _is_open(each)]
    suggested = [each for each in view.constants if each.suggestion]
    if open_columns or suggested:
        st.button(
            "Take all suggestions",
            key=state.key("take-columns"),
            type="primary",
            on_click=_take_all,
            args=(view,),
        )
    show_questions(view, of_reading=False)
    if view.constants:
        show(part("The same in all rows", "said once, because no column says it"))
        _show_constants(state, view)
    show(part("Columns of the file", f"{len(view.mapping.columns)} columns"))
    groups = alike(view.mapping.ignored)
    beside = {header for same in groups if len(same) > 1 for header in same}
    columns = list(enumerate(view.mapping.columns))
    for number, match in [each for each in columns if each[1].header not in beside][:_MOST]:
        with st.container(key=state.key(f"line-{number}"), gap="small"):
            _show_column(state, view, number, match)
    if groups:
        told = ", ".join(map(tell_alike, groups))
        show(tag("p", f"Left out so far: {told}.", css="cb-small"))
    if beside:
        with st.expander("Columns alike that are left out"):
            for number, match in [each for each in columns if each[1].header in beside][:_MOST]:
                _show_column(state, view, number, match)


def _tell_missing(view: views.LabView) -> None:
    needed = [each.label.casefold() for each in view.constants if each.is_needed]
    asked = [each for each in view.mapping.missing if each in ("entity", "value")]
    if not needed and not asked:
        states.show_state(
            "These columns do not fit together",
            view.preview.refused,
            next_step="Change what a column is below, or take back what was said for all rows.",
        )
        return
    wanted = ", ".join(
        [*({"entity": "who", "value": "the value"}[each] for each in asked), *needed]
    )
    show(tag("p", f"Still needed: {wanted}. Name a column for it, or say it once.", css="cb-lead"))


def _is_open(match: ColumnMatch) -> bool:
    return bool(match.field) and match.confidence < 1 and not match.is_answered


def _show_column(state: LabState, view: views.LabView, number: int, match: ColumnMatch) -> None:
    header, example, field, why = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    with header:
        show(tag("p", tag("b", match.header), css="cb-cell"))
    with example:
        show(tag("p", match.example[:60] or "–", css="cb-cell cb-small"))
    with field:
        pick(
            f"What column {number + 1} is",
            (_IGNORED, *view.fields),
            key=state.key(f"column-{number}"),
            chosen=match.field,
            on_change=_name_column,
            args=(match.header,),
            is_label_hidden=True,
        )
    with why:
        show(tag("p", _told(match), css="cb-cell cb-small"))
        if _is_open(match):
            st.button(
                plain_label(f"Take {match.field}"),
                key=state.key(f"take-column-{number}"),
                type="tertiary",
                on_click=_take,
                args=(match,),
            )


def _told(match: ColumnMatch) -> str:
    """How sure a match is, and what it rests on."""
    if match.is_answered:
        return "As you said"
    return f"{_confidence(match)}: {match.evidence}"


def _confidence(match: ColumnMatch) -> str:
    if not match.field:
        return "Left out"
    if match.confidence >= 1:
        return "Certain"
    if match.confidence >= _SURE:
        return "Very likely, not taken yet"
    return "Likely, not taken yet" if match.confidence >= _LIKELY else "Perhaps, not taken yet"


def _show_constants(state: LabState, view: views.LabView) -> None:
    places = st.columns(max(2, min(4, len(view.constants))), gap="small", vertical_alignment="top")
    for number, each in enumerate(view.constants):
        key = state.key(f"constant-{each.field}")
        hint = f"suggested: {_words(each)}" if each.suggestion else ""
        with places[number % len(places)]:
            if each.choices:
                pick(
                    each.label,
                    (("", hint or "choose"), *each.choices),
                    key=key,
                    chosen=each.text,
                    on_change=_say,
                    args=(each.field,),
                )
            else:
                write(each.label, key=key, text=each.text, on_change=_say, args=(each.field,))


def _words(constant: views.ConstantField) -> str:
    return dict(constant.choices).get(constant.suggestion, constant.suggestion)


def _take(match: ColumnMatch) -> None:
    state = lab_state.current()
    if state is not None:
        column = ColumnAnswer(header=match.header, field=match.field)
        lab_state.change(with_column(state.answers, column))


def _take_all(view: views.LabView) -> None:
    """Take what the columns seem to be and the usual words, with what was typed on the way."""
    state = lab_state.current()
    if state is None:
        return
    answers = with_proposals(state.answers, view.mapping)
    for each in view.constants:
        if each.suggestion and not answers.constants.get(each.field):
            answers = with_constant(answers, each.field, each.suggestion)
    lab_state.change(answers)


def _name_column(key: str, header: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    said_of = (each for each in state.answers.columns or () if each.header == header)
    column = next(said_of, ColumnAnswer(header=header, field=""))
    lab_state.change(with_column(state.answers, replace(column, field=said(key))))


def _say(key: str, field: str) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(with_constant(state.answers, field, said(key)))
