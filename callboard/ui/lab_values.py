"""Step three of an import: what the words of the file mean."""

from dataclasses import replace
from itertools import groupby

import streamlit as st

from callboard import views
from callboard.figures import format_count
from callboard.ui import lab_state
from callboard.ui.lab_parking import offer_parking, tell_parking
from callboard.ui.lab_state import LabState
from callboard.ui.lab_widgets import part, pick, said, write
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.page import Page
from callboard.views.lab import Choices
from data_contracts.importing.answering import with_new_name, with_value, with_values
from data_contracts.importing.answers import Answers, ValueAnswer
from data_contracts.importing.matches import ValueMatch
from data_contracts.parsing.headers import plain

_MOST = 60
_WIDTHS = [4, 2, 4, 4]
OPEN, NEW, OUT = "?", "*new*", "*out*"
_TITLES = {"metric": "Metrics", "entity": "Names", "touchpoint": "Touchpoints", "unit": "Units"}


def show_values(page: Page, state: LabState, view: views.LabView) -> None:
    """Ask what each word means that is not known as it stands."""
    tell_parking()
    matches = view.mapping.values
    if not matches:
        show(tag("p", "Every word of the file is known here.", css="cb-lead"))
        return
    _offer_all(state, view)
    for field, same in groupby(matches[:_MOST], key=lambda each: each.field):
        show(part(_TITLES.get(field, field.replace("_", " ").capitalize())))
        for number, match in enumerate(same):
            with st.container(key=state.key(f"line-{field}-{number}"), gap="small"):
                _show_word(page, state, view, number, match)
    if len(matches) > _MOST:
        show(tag("p", f"The first {_MOST} of {len(matches)} words are shown.", css="cb-small"))


def _offer_all(state: LabState, view: views.LabView) -> None:
    """Say how many words wait, and offer what settles many of them."""
    matches = view.mapping.values
    waiting = [each for each in matches if not each.is_answered]
    close = sum(bool(each.means) for each in waiting)
    if waiting:
        told = f"{len(waiting)} of {len(matches)} words are not known as they stand"
        show(tag("p", f"{told}; {close} have one close name.", css="cb-lead"))
    with st.container(horizontal=True):
        if close:
            st.button(
                "Take all suggestions",
                key=state.key("take-values"),
                type="primary",
                on_click=_take_all,
                args=(view,),
            )
        if any(each.field == "entity" and not each.means for each in waiting):
            st.button(
                "All other names are new on purpose",
                key=state.key("all-new"),
                on_click=_all_new,
                args=(view,),
            )


def _show_word(
    page: Page, state: LabState, view: views.LabView, number: int, match: ValueMatch
) -> None:
    word, rows, means, why = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    with word:
        show(tag("p", tag("b", match.word[:80]), css="cb-cell"))
    with rows:
        noun = "row" if match.rows == 1 else "rows"
        show(tag("p", f"{format_count(match.rows)} {noun}", css="cb-cell cb-small"))
    with means:
        _ask_meaning(state, view, number, match)
    with why:
        show(tag("p", match.evidence, css="cb-cell cb-small"))
        if match.means and not match.is_answered:
            st.button(
                plain_label(f"Take {match.means}"),
                key=state.key(f"take-{match.field}-{number}"),
                type="tertiary",
                on_click=_take,
                args=(match,),
            )
        offer_parking(page, state, match, number)


def _ask_meaning(state: LabState, view: views.LabView, number: int, match: ValueMatch) -> None:
    key = state.key(f"word-{match.field}-{number}")
    label, args = f"What “{match.word[:80]}” means", (match.field, match.word)
    if match.field not in view.names:
        write(
            label,
            key=key,
            text=match.means if match.is_answered else "",
            on_change=_mean,
            args=args,
            hint=match.means or "2025-09-14/2025-10-11",
            is_label_hidden=True,
        )
        return
    pick(
        label,
        _meanings(view, match),
        key=key,
        chosen=_chosen(state.answers, match),
        on_change=_mean,
        args=args,
        is_label_hidden=True,
    )


def _meanings(view: views.LabView, match: ValueMatch) -> Choices:
    """What a word can mean, the ways to settle it first, its suggestion marked."""
    new = ((NEW, "new on purpose"),) if match.field == "entity" else ()
    ways = ((OPEN, "choose"), *new, (OUT, "leave its rows out"))
    names = dict((*ways, *view.names[match.field]))
    if match.means and not match.is_answered:
        names[match.means] = f"{names.get(match.means, match.means)} (suggested)"
    return tuple(names.items())


def _chosen(answers: Answers, match: ValueMatch) -> str:
    if not match.is_answered:
        return match.means or OPEN
    if any(_is_of(each, match.field, match.word) for each in answers.values):
        return match.means or OUT
    return NEW


def _take(match: ValueMatch) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(with_values(state.answers, (match,)))


def _take_all(view: views.LabView) -> None:
    state = lab_state.current()
    if state is not None:
        lab_state.change(with_values(state.answers, view.mapping.values))


def _all_new(view: views.LabView) -> None:
    """Only the names shown as open: one that comes later is asked about again."""
    state = lab_state.current()
    if state is None:
        return
    answers = state.answers
    for each in view.mapping.values:
        if each.field == "entity" and not each.means and not each.is_answered:
            answers = with_new_name(answers, each.word)
    lab_state.change(answers)


def _mean(key: str, field: str, word: str) -> None:
    state = lab_state.current()
    if state is None:
        return
    answers, means = _without(state.answers, field, word), said(key)
    if means == NEW:
        answers = with_new_name(answers, word)
    elif means == OUT:
        answers = with_value(answers, ValueAnswer(field=field, word=word, means=""))
    elif means and means != OPEN:
        answers = with_value(answers, ValueAnswer(field=field, word=word, means=means))
    lab_state.change(answers)


def _without(answers: Answers, field: str, word: str) -> Answers:
    """Take back what was said of a word."""
    values = tuple(each for each in answers.values if not _is_of(each, field, word))
    names = answers.new_names
    if field == "entity":
        names = tuple(each for each in names if plain(each) != plain(word))
    return replace(answers, values=values, new_names=names)


def _is_of(answer: ValueAnswer, field: str, word: str) -> bool:
    return answer.field == field and plain(answer.word) == plain(word)
