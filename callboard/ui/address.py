"""Filters that live in the address: plain keys and ISO dates, never labels.

Streamlit's own binding writes the label on screen into the address; ours keeps the key, so a link
outlives a renamed touchpoint, and says when it names what is not there.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from callboard.ui.labels import plain_label

_TOUCHED = "cb_touched"
_CARRIED = "cb_carried"
_SHOWN = "cb_shown"
_PERIOD = "cb_period"
_PAGE = "cb_page"
_ON, _OFF = "1", "0"
_SUBJECTS = ("touchpoint", "metric", "competitor", "feed")
SHARED = ("touchpoint", "metric", "grain")


def begin(page: str) -> None:
    """Note whether a filter started this run: only then the address is older than the filters.

    What was shown is kept while the page stays, for it is asked for above where it is chosen.
    """
    st.session_state[_TOUCHED] = st.session_state.pop("cb_moved", False)
    if st.session_state.get(_PAGE) != page:
        st.session_state.update({_PAGE: page, _SHOWN: {}, _PERIOD: ("", "")})
    carried = st.session_state.setdefault(_CARRIED, {})
    carried.update({key: st.query_params[key] for key in SHARED if key in st.query_params})


def carried(keys: Sequence[str]) -> dict[str, str]:
    """Return those of `keys` that links to another page take along."""
    kept: dict[str, str] = st.session_state.get(_CARRIED, {})
    return {key: kept[key] for key in keys if key in kept}


def everything() -> list[tuple[str, str]]:
    """Return the address of exactly what is shown, pair by pair.

    What is looked at is in it even where it is the usual: that may be another one for a colleague.
    """
    said = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
    shown: dict[str, str] = st.session_state.get(_SHOWN, {})
    named = {key for key, _ in said}
    usual = [(key, shown[key]) for key in _SUBJECTS if shown.get(key) and key not in named]
    return [*usual, *said]


def note_period(start: str, label: str) -> None:
    """Note which period is shown, by its first day and in words, for a link that pins it."""
    st.session_state[_PERIOD] = (start, label)


def noted_period() -> tuple[str, str]:
    """Return first day and words of the period that is shown, "" where the page has none."""
    start, label = st.session_state.get(_PERIOD, ("", ""))
    return str(start), str(label)


def missing(key: str, options: Mapping[str, str]) -> str:
    """Return what the address names that is not among the options, "" for nothing."""
    said = given(key)
    return "" if said in options else said


def given(key: str) -> str:
    """Return what the address says for a key, "" for nothing."""
    return str(st.query_params.get(key, ""))


def given_several(key: str) -> tuple[str, ...]:
    """Return everything the address says for a key that may be there more than once."""
    return tuple(st.query_params.get_all(key))


def choose(
    label: str, key: str, options: Mapping[str, str], *, kind: str = "", width: int = 240
) -> str:
    """Let one of `options` (key: label) be picked from a list; the address holds its key.

    The first option stays out of the address. Each `kind` of options is a list of its own: what
    was picked from one is not carried into another.
    """
    start = _start(options, "")
    widget = _adopt(f"{key}_{kind}" if kind else key, _wanted(key, options, start))
    picked = st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=widget,
        on_change=_write_one,
        args=(key, widget, start),
        kwargs={"options": tuple(options)},
        width=width,
    )
    return _note(key, str(picked) if picked in options else start)


def choose_in_row(
    label: str,
    key: str,
    options: Mapping[str, str],
    *,
    default: str = "",
    drops: str = "",
    kind: str = "",
) -> str:
    """Let one of a few `options` be picked that all stand in a row; else like `choose`.

    The default is the first unless said otherwise. A pick takes the key `drops` out of the address.
    """
    start = _start(options, default)
    widget = _adopt(f"{key}_{kind}" if kind else key, _wanted(key, options, start))
    picked = st.segmented_control(
        label,
        list(options),
        format_func=lambda option: plain_label(options[option]),
        key=widget,
        required=True,
        on_change=_write_one,
        args=(key, widget, start),
        kwargs={"options": tuple(options), "drops": drops},
    )
    return _note(key, str(picked) if picked in options else start)


def _note(key: str, picked: str) -> str:
    st.session_state.setdefault(_SHOWN, {})[key] = picked
    return picked


def _start(options: Mapping[str, str], default: str) -> str:
    return default or next(iter(options), "")


def _wanted(key: str, options: Mapping[str, str], start: str) -> str:
    said = given(key)
    return said if said in options else start


def choose_several(
    label: str, key: str, options: Mapping[str, str], *, everything: str, width: int
) -> tuple[str, ...]:
    """Let some of `options` be picked; none picked means all, told by `everything`."""
    wanted = [each for each in given_several(key) if each in options]
    widget = _adopt(key, wanted)
    picked = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=widget,
        placeholder=everything,
        on_change=_write,
        args=(key, []),
        width=width,
    )
    return tuple(picked)


def choose_and_keep(
    label: str,
    key: str,
    options: Mapping[str, str],
    *,
    kept: Sequence[str],
    keep: Callable[[Sequence[str]], None],
) -> tuple[str, ...]:
    """Let some of `options` be picked that are remembered beyond the address, which wins.

    `keep` is called with what was picked, before the page is drawn.
    """
    wanted = [each for each in given_several(key) if each in options] or list(kept)
    picked = st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=_adopt(key, wanted),
        on_change=_write_and_keep,
        args=(key, keep),
        width=480,
    )
    if picked and not given_several(key):
        st.query_params[key] = picked
    return tuple(picked)


def flag(label: str, key: str, *, widget: str, usual: bool = False) -> bool:
    """Let something be switched on or off; the address says so where it is not as usual."""
    said = given(key)
    _begin_with(widget, said == _ON if said in (_ON, _OFF) else usual)
    return st.toggle(label, key=widget, on_change=_write_flag, args=(key, widget, _flag(usual)))


def search(label: str, key: str, *, placeholder: str) -> str:
    """Let words be typed that the address keeps."""
    widget = _adopt(key, given(key))
    typed = st.text_input(
        label,
        key=widget,
        placeholder=placeholder,
        type="search",
        max_chars=80,
        on_change=_write,
        args=(key, ""),
        label_visibility="collapsed",
    )
    return (typed or "").strip()


def go_to(**filters: str) -> None:
    """Put filters into the address from a callback, as if they had been picked."""
    for key, value in filters.items():
        st.query_params[key] = value
    st.session_state["cb_moved"] = False


def keep(key: str, value: str) -> None:
    """Have the address say this of a key that is no filter; "" takes it out."""
    if value != given(key):
        if value:
            st.query_params[key] = value
        else:
            st.query_params.pop(key, None)


def _adopt(key: str, value: object) -> str:
    widget = f"pick_{key}"
    _begin_with(widget, value)
    return widget


def _write_and_keep(key: str, keep: Callable[[Sequence[str]], None]) -> None:
    _write(key, [])
    keep(st.session_state[f"pick_{key}"])


def _begin_with(widget: str, value: object) -> None:
    if not st.session_state.get(_TOUCHED) or widget not in st.session_state:
        st.session_state[widget] = value


def _flag(is_on: object) -> str:
    return _ON if is_on else _OFF


def _write_flag(key: str, widget: str, default: str) -> None:
    _put(key, _flag(st.session_state[widget]), default)


def _write_one(
    key: str, widget: str, default: str, *, options: Sequence[str], drops: str = ""
) -> None:
    """A browser may send back a label that has changed since: that is no pick, and not written."""
    if st.session_state[widget] not in options:
        st.session_state[widget] = _wanted(key, dict.fromkeys(options, ""), default)
        return
    if drops:
        st.query_params.pop(drops, None)
    _put(key, st.session_state[widget], default)


def _write(key: str, default: object) -> None:
    _put(key, st.session_state[f"pick_{key}"], default)


def _put(key: str, value: Any, default: object) -> None:
    st.session_state["cb_moved"] = True
    if value == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value
    if key in SHARED:
        st.session_state.setdefault(_CARRIED, {})[key] = value
