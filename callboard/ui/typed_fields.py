"""The fields of a published number on the page: those that are needed, its passport, the rest."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from callboard.services.publishing.typed import TypedField, list_fields
from callboard.services.publishing.typed_words import list_words
from callboard.ui.cache import read
from callboard.ui.lab_widgets import said
from callboard.ui.page import Page
from callboard.views.lab import Choices

_ACROSS = 3
_FIRST = ("metric", "entity", "statistic", "value", "unit", "period_start", "period_end")
_PASSPORT = ("publisher", "document", "source_url", "published_on", "retrieved_on")
_LABELS = {
    "as_of": "As of",
    "definition_version": "Version of its definition",
    "entity_type": "What that is",
    "entity": "Whose value",
    "period_start": "First day of the period",
    "period_end": "Last day of the period",
    "source_name": "Source",
    "source_url": "Web address",
    "sample_size": "Sample size (n)",
    "per": "Per (base of a rate)",
}
_HINTS = {
    "population": "buyers of large items",
    "document": "Annual report, table 3",
    "retrieved_on": "2026-05-06",
    "licence": "may be quoted with its source",
    "publisher": "Example Institute",
}
_MAY_BE_NEW = "entity"


def show_fields(page: Page, *, of: str, without: Sequence[str] = ()) -> None:
    """Ask for a number's fields, what is needed first; what is typed stays through the session."""
    words = read(page, list_words)
    fields = {each.name: each for each in read(page, list_fields) if each.name not in without}
    needed = [each for each in fields.values() if each.is_required or each.name in _FIRST]
    order = [*_FIRST, *_PASSPORT, *fields]
    _show(sorted(needed, key=lambda each: order.index(each.name)), words, of)
    passport = [each for each in fields.values() if each.is_passport and each not in needed]
    with st.expander("Passport: where it comes from, and how it was measured"):
        _show(sorted(passport, key=lambda each: order.index(each.name)), words, of)
    rest = [each for each in fields.values() if each not in needed and each not in passport]
    with st.expander("Of whom or what more exactly"):
        _show(rest, words, of)


def typed_in(page: Page, *, of: str) -> dict[str, str]:
    """Return what was typed, by field."""
    names = [each.name for each in read(page, list_fields)]
    return {name: said(_key(of, name)) for name in names if said(_key(of, name))}


def label_of(field: str) -> str:
    """Return what a field is called on the page."""
    return _LABELS.get(field, field.replace("_", " ").capitalize())


def _show(fields: Iterable[TypedField], words: Mapping[str, Choices], of: str) -> None:
    told = list(fields)
    for first in range(0, len(told), _ACROSS):
        places = st.columns(_ACROSS, gap="small")
        for place, field in zip(places, told[first : first + _ACROSS], strict=False):
            with place:
                _ask(field, words.get(field.name, ()), _key(of, field.name))


def _ask(field: TypedField, choices: Choices, key: str) -> None:
    if not choices and field.name != _MAY_BE_NEW:
        hint = field.example or _HINTS.get(field.name)
        st.text_input(
            label_of(field.name),
            key=key,
            max_chars=200,
            placeholder=hint,
            persist_state="session",
        )
        return
    told = dict(choices)
    is_free = field.name == _MAY_BE_NEW
    st.selectbox(
        label_of(field.name),
        list(told),
        index=None,
        key=key,
        format_func=lambda each: told.get(each, each),
        placeholder="choose, or type a new name" if is_free else "choose",
        accept_new_options=is_free,
        persist_state="session",
    )


def _key(of: str, field: str) -> str:
    return f"cb-{of}-{field}"
