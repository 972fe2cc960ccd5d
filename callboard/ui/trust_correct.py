"""One row in quarantine: what it should read, or that it is left out, or that it waits again."""

from functools import partial

import streamlit as st

from callboard import views
from callboard.services.trusting.correcting import correct_row
from callboard.services.trusting.drafts import LONGEST_VALUE
from callboard.services.trusting.quarantine import reopen_row, waive_row
from callboard.ui import address
from callboard.ui.folds import folded
from callboard.ui.labels import plain_label
from callboard.ui.markup import joined, show, tag
from callboard.ui.moments import day_and_time
from callboard.ui.outcomes import FAILED
from callboard.ui.page import Page
from callboard.ui.trust_acts import LONGEST, OF, do, key_of, typed

_LABEL = 80
_ICONS = {"waive": "do_not_disturb_on", "reopen": "undo"}


def offer_row(page: Page, found: views.QuarantinePage) -> None:
    """Let one of the rows on the page be opened, corrected, waived or reopened."""
    rows = {str(each.id): each for each in found.rows}
    labels = {"": "Choose a row"} | {number: _label(each) for number, each in rows.items()}
    chosen = address.choose("Act on a row", "row", labels, width=420)
    if chosen not in rows:
        return
    row = rows[chosen]
    show(tag("div", tag("h2", f"Row {row.row_key}"), css="cb-h2"))
    show(joined(tag("p", each, css="cb-lead") for each in row.reasons))
    if row.can_correct:
        _offer_correction(page, row, dict(found.columns))
    elif row.cannot:
        show(tag("p", f"It cannot be corrected here. {row.cannot}", css="cb-small"))
    if row.status == "open":
        _offer_reason(page, row, "Leave it out", act="waive")
    elif row.status == "waived" or row.resolved_by:
        _offer_reason(page, row, "Let it wait again", act="reopen")
    _show_deeds(row, page.zone)


def _label(row: views.QuarantinedRow) -> str:
    text = f"{row.row_key} · {row.reasons[0] if row.reasons else ''}"
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"


def _offer_correction(page: Page, row: views.QuarantinedRow, columns: dict[str, bool]) -> None:
    """The columns that the reasons speak of stand first, the others behind a click."""
    named = [name for name in columns if any(_speaks_of(each, name) for each in row.reasons)]
    first = [name for name in named if columns[name]]
    others = [name for name, may in columns.items() if may and name not in first]
    about = _about(row)
    with st.form(key_of("correct", about)):
        with st.container(horizontal=True):
            for name in first:
                _field(row, name)
        with st.expander("Other columns", expanded=not first):
            for name in others:
                _field(row, name)
        st.text_input(
            "How do you know?",
            key=key_of("correct-why", about),
            max_chars=LONGEST,
            placeholder="Asked the desk",
        )
        st.form_submit_button(
            "Correct the row",
            type="primary",
            on_click=partial(_correct, page, row, (*first, *others)),
        )


def _about(row: views.QuarantinedRow) -> str:
    """What fields of a row are called: anew whenever somebody has acted on it."""
    return f"{row.id}.{len(row.deeds)}"


def _speaks_of(reason: str, name: str) -> bool:
    return reason == name or reason.startswith((f"{name} ", f"{name}:"))


def _field(row: views.QuarantinedRow, name: str) -> None:
    key = key_of(f"value-{name}", _about(row))
    st.text_input(
        plain_label(name),
        value=row.fields.get(name, ""),
        key=key,
        max_chars=LONGEST_VALUE,
        width=260,
    )


def _correct(page: Page, row: views.QuarantinedRow, names: tuple[str, ...]) -> None:
    """Runs before the page, so that nothing can interrupt the act (F5)."""

    def act() -> tuple[str, str]:
        fields = {
            name: str(st.session_state.get(key_of(f"value-{name}", _about(row)), "") or "")
            for name in names
        }
        note = typed("correct-why", _about(row))
        done = correct_row(
            page.runtime,
            page.actor,
            row=row.id,
            fields=fields,
            note=note,
            seen=row.correction,
        )
        if not done.is_kept:
            return FAILED, f"It would still break its contract. {' '.join(done.messages)}"
        return "Row corrected", "The next refresh takes it in; the feed itself stays as it is."

    do(act)


def _offer_reason(page: Page, row: views.QuarantinedRow, label: str, *, act: str) -> None:
    fold = folded(OF, label, icon=_ICONS[act], about=row.id)
    with fold, st.form(key_of(act, row.id), border=False):
        st.text_input("Why", key=key_of(f"{act}-why", row.id), max_chars=LONGEST)
        st.form_submit_button(label, on_click=partial(_act, page, row.id, act))


def _act(page: Page, number: int, name: str) -> None:
    def act() -> tuple[str, str]:
        why = typed(f"{name}-why", number)
        if name == "waive":
            waive_row(page.runtime, page.actor, row=number, why=why)
            return "Row left out", "It is in no figure, and nobody is asked about it again."
        reopen_row(page.runtime, page.actor, row=number, why=why)
        return "Row waits again", "The next refresh takes it out of the figures if it was in them."

    do(act)


def _show_deeds(row: views.QuarantinedRow, zone: str) -> None:
    if row.deeds:
        told = (
            f"{day_and_time(deed.at, zone)}, {deed.actor}: {deed.sentence}" for deed in row.deeds
        )
        show(tag("ul", joined(tag("li", each) for each in told), css="cb-notes"))
