"""Setting a target: what would become of the verdict first, then the act."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from callboard import figures, views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.promising import targets as promising
from callboard.services.promising.asking import Wish
from callboard.ui import filters
from callboard.ui.cache import read
from callboard.ui.folds import folded
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import FAILED, keep_outcome, tell_outcome
from callboard.ui.page import Page
from callboard.ui.promise_tables import preview_table
from callboard.ui.promises import TARGET, PromisesQuestion
from metrics.model import Better

_COUNT = "cb_target_count"
_FAR = timedelta(days=3650)
_LONGEST = 200


@tells_errors
def show_target_form(page: Page, question: PromisesQuestion) -> None:
    """Offer who may to set a target, with a dry run of what is typed."""
    if not is_allowed(page.actor, Action.SET_TARGETS):
        return
    with st.container():
        tell_outcome(
            TARGET,
            seen="The table below tells what holds now. Under “Set here” it can be withdrawn.",
        )
    with folded(TARGET, "Set a target", icon="flag", width=None):
        place, code = _pick_series(page, question)
        if not code:
            show(tag("p", "No metric of this touchpoint can have a target.", css="cb-small"))
            return
        _pick_target(page, place, code)
        wish = _typed(place, code)
        preview = _preview(page, question, wish) if wish else None
        _tell_preview(preview)
        if preview is None or preview.refused:
            return
        if preview.again and wish:
            st.checkbox("Judge these anew: I mean it", key=_consent(wish))
        st.button(
            "Set the target",
            key=_key("set"),
            type="primary",
            on_click=partial(_set, page, place, code, question),
        )


def _preview(page: Page, question: PromisesQuestion, wish: Wish) -> views.TargetPreview:
    return read(
        page,
        promising.check,
        touchpoint=wish.touchpoint,
        metric=wish.metric,
        value=wish.value,
        day=wish.day,
        until=wish.until,
        grain=question.grain,
    )


def _key(field: str) -> str:
    return f"cb-target-{field}-{st.session_state.get(_COUNT, 0)}"


def _consent(wish: Wish) -> str:
    """The box of one wish alone: what was meant of some periods is not said of others."""
    asked = (wish.touchpoint, wish.metric, wish.value, wish.day, wish.until)
    return f"{_key('anew')}-{'-'.join(map(str, asked))}"


def _pick_series(page: Page, question: PromisesQuestion) -> tuple[str, str]:
    """Let the series be picked, beginning where the page is looking."""
    places = filters.list_touchpoints(page)
    here = [each for each in question.touchpoints[:1] if each in places]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.selectbox(
            "Touchpoint",
            list(places),
            index=list(places).index(here[0]) if here else 0,
            format_func=places.__getitem__,
            key="-".join((_key("place"), *here)),
            width=260,
        )
        names = _metrics(page, str(place))
        code = st.selectbox(
            "Metric",
            list(names),
            format_func=names.__getitem__,
            key=f"{_key('metric')}-{place}",
            width=320,
        )
    return str(place), str(code) if code in names else ""


def _metrics(page: Page, place: str) -> dict[str, str]:
    """The metrics that can have a target at a touchpoint, by name."""
    definitions = page.runtime.definitions
    listed = definitions.touchpoints[place].metrics
    found = {
        code: metric.name
        for code, metric in definitions.metrics.items()
        if metric.better in (Better.HIGHER, Better.LOWER) and (listed is None or code in listed)
    }
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _pick_target(page: Page, place: str, code: str) -> None:
    metric = page.runtime.definitions.metrics[code]
    unit = figures.unit_text(metric)
    today = page.runtime.clock.today(page.runtime.definitions.zone(place))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        is_none = st.checkbox("No target any more", key=_key("none"))
        st.number_input(
            f"Target in {unit}" if unit else "Target",
            value=None,
            step=10.0**-metric.decimals,
            format=f"%.{metric.decimals}f",
            key=f"{_key('value')}-{place}-{code}",
            disabled=is_none,
            width=220,
        )
        _pick_day("From", "from", today, today)
        _pick_day("Until (if it ends)", "until", None, today)
    st.text_input(
        "Why",
        key=_key("reason"),
        max_chars=_LONGEST,
        placeholder="New contract with the carrier",
    )


def _pick_day(label: str, field: str, value: date | None, today: date) -> None:
    st.date_input(
        label,
        value=value,
        min_value=today - _FAR,  # the clock may stand in the past
        max_value=today + _FAR,
        format="YYYY-MM-DD",
        key=_key(field),
        width=170,
    )


def _typed(place: str, code: str) -> Wish | None:
    """What was typed as the services ask it; None while there is nothing to look at."""
    state = st.session_state
    value, day, until = (
        state.get(f"{_key('value')}-{place}-{code}"),
        state.get(_key("from")),
        state.get(_key("until")),
    )
    is_none = bool(state.get(_key("none")))
    if day is None or (value is None and not is_none):
        return None
    return Wish(
        touchpoint=place,
        metric=code,
        value=None if is_none or value is None else float(value),
        day=day.isoformat(),
        until=until.isoformat() if until else "",
    )


def _tell_preview(preview: views.TargetPreview | None) -> None:
    if preview is None:
        told = "Type a target: what would become of the verdict is shown before anything is done."
        show(tag("p", told, css="cb-small"))
        return
    if preview.refused:
        show(tag("p", preview.refused, css="cb-lead", role="status"))
        return
    show(tag("p", preview.sentence, css="cb-lead", role="status"))
    if preview.verdict[0]:
        show(preview_table(preview))
    if preview.again:
        show(tag("p", tag("strong", preview.again), role="status"))


def _set(page: Page, place: str, code: str, question: PromisesQuestion) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    wish = _typed(place, code)
    try:
        if wish is None:
            raise CallboardError("Type a target and a day first.")
        row, preview = promising.set_target(
            page.runtime,
            page.actor,
            touchpoint=wish.touchpoint,
            metric=wish.metric,
            value=wish.value,
            day=wish.day,
            until=wish.until,
            reason=str(st.session_state.get(_key("reason"), "")),
            is_anew=bool(st.session_state.get(_consent(wish))),
            grain=question.grain,
        )
    except CallboardError as error:
        keep_outcome(TARGET, FAILED, str(error))
        return
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    told = f"{row.metric_name} at {row.touchpoint_name}: {preview.sentence} {preview.again}"
    keep_outcome(TARGET, "Target set", f"{told.rstrip()} Reason: {row.reason}.")
