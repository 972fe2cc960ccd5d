"""The tour of a first visit: three short steps above the overview, skipped or walked, once."""

import streamlit as st

from callboard.services.first_visit import has_seen_tour, note_tour_seen
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.page import Page

_STEP, _SEEN = "cb_tour", "cb_tour_seen"
_STEPS = (
    (
        "The sentence answers first",
        "The overview opens with how many promises (figures with a target) are at risk. That is "
        "more than a bad week: the figure gets worse beyond chance, misses its target nearly "
        "always, or its year is out of reach. Orange is worse, blue is better, and a word stands "
        "beside each colour.",
    ),
    (
        "A tile is one figure at one touchpoint",
        "It shows the newest whole period beside the one before, last year, the target and the "
        "peers. The badge at its foot says whether the data may be believed; press it to see why.",
    ),
    (
        "Go deeper, then share it",
        "Press a tile for its history, the verdict's reasons and the rows behind it. What you "
        "choose stays in the address: Share gives the link to exactly what you see, and keeps it "
        "as a view of yours. Find leads straight to a metric, a touchpoint or a competitor.",
    ),
)


def offer_tour() -> None:
    """Offer the tour again, on every page; it stands elsewhere, so all is drawn anew."""
    if st.button("Show me around", key="cb-tour-again", icon=":material/help:"):
        st.session_state[_STEP] = 0
        st.rerun()


@tells_errors
def show_tour(page: Page) -> None:
    """Show the step that is due: to who has not seen it and opens the plain overview, or asks."""
    if _STEP in st.session_state or _is_first_visit(page):
        _show_step(page)


def _is_first_visit(page: Page) -> bool:
    """A link that says what to show is not interrupted, and nobody is asked twice."""
    if page.name != "overview" or not page.publication or st.query_params:
        return False
    if not st.session_state.get(_SEEN):
        st.session_state[_SEEN] = has_seen_tour(page.runtime, page.actor)
    return not st.session_state[_SEEN]


def _show_step(page: Page) -> None:
    step = min(int(st.session_state.get(_STEP, 0)), len(_STEPS) - 1)
    title, text = _STEPS[step]
    is_last = step + 1 == len(_STEPS)
    with st.container(key="cb-tour", border=True, gap="small"):
        kicker = tag("p", f"New here? {step + 1} of {len(_STEPS)}", css="cb-small")
        show(kicker + tag("p", title, css="cb-tour-title") + tag("p", text, css="cb-lead"))
        with st.container(horizontal=True, gap="small"):
            if is_last:
                st.button("Done", key="cb-tour-done", type="primary", on_click=_end, args=(page,))
            else:
                st.button(
                    "Next", key="cb-tour-next", type="primary", on_click=_go_on, args=(step + 1,)
                )
                st.button("Skip", key="cb-tour-skip", type="tertiary", on_click=_end, args=(page,))


def _go_on(step: int) -> None:
    st.session_state[_STEP] = step


def _end(page: Page) -> None:
    """Runs before the page: who has seen or skipped it is not asked again, on any machine."""
    st.session_state.pop(_STEP, None)
    note_tour_seen(page.runtime, page.actor)
    st.session_state[_SEEN] = True
