"""Acting on one signal: take note of it, give it to somebody, write beside it, be done with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial

import streamlit as st

from callboard.access import Action, is_allowed
from callboard.services.signalling import acts
from callboard.services.signalling.acts import LATEST, LONGEST_COMMENT, LONGEST_NAME, SignalAt
from callboard.ui import address
from callboard.ui.edits import do
from callboard.ui.folds import folded
from callboard.ui.lab_widgets import said
from callboard.ui.labels import plain_label
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.outcomes import tell_outcome
from callboard.ui.page import Page
from callboard.ui.signal_cards import tell_follow
from callboard.ui.signals import SignalsQuestion, read_signals
from callboard.views.signalling import FollowUp, SignalCard, SignalComment, SignalGroup
from metrics.model import Grain

_OF = "signal"
_COUNT = "cb_signal_acts"
_A_WEEK = timedelta(days=7)
Act = Callable[[SignalAt], FollowUp]


@tells_errors
def show_signal_acts(page: Page, question: SignalsQuestion) -> None:
    """Let one of the signals be chosen and acted on, by those who may."""
    with st.container():
        tell_outcome(_OF, seen="Everybody sees it at once; the history keeps it.")
    view = read_signals(page, question)
    cards = {card.id: card for card in view.cards}
    if not cards or not is_allowed(page.actor, Action.ACT_ON_SIGNALS):
        return
    options = {"": "Choose a signal"} | {key: _name(card) for key, card in cards.items()}
    if (asked := address.given("signal")) and asked not in options:
        show(tag("p", "The signal of this link is not among those shown.", css="cb-note"))
    chosen = address.choose("Act on", "signal", options, width=520)
    if chosen:
        mine = (group for group in view.groups if cards[chosen] in group.every)
        _offer_acts(page, cards[chosen], next(mine))


def _name(card: SignalCard) -> str:
    return f"{card.metric_name}, {card.touchpoint_name}: {card.signal.value} {card.when}"


def _offer_acts(page: Page, card: SignalCard, group: SignalGroup) -> None:
    follow = card.follow
    told = f"{_name(card)}. {card.amount}."
    show(tag("p", told, css="cb-lead cb-arrive", tabindex="-1", data_cb_at=card.id))
    show(tag("p", f"{tell_follow(follow, page.zone)}.", css="cb-small"))
    with st.container(key="cb-signal-acts", horizontal=True, wrap=True):
        if not follow.is_acknowledged:
            _button(page, card, "Acknowledge", acts.acknowledge, "check", "Acknowledged")
        if not follow.done_by:
            _button(page, card, "Done", acts.finish, "task_alt", "Done")
        if follow.is_acknowledged:
            label = "Not done after all" if follow.done_by else "Take the acknowledgement back"
            _button(page, card, label, acts.reopen, "undo", "Taken back")
        waiting = [each for each in group.every if not each.follow.is_acknowledged]
        if len(waiting) > 1 and card in waiting:
            st.button(
                f"Acknowledge all {len(waiting)} of its group",
                key=_key("all", card),
                icon=":material/done_all:",
                on_click=partial(_acknowledge_all, page, waiting),
            )
    with st.container(horizontal=True, wrap=True):
        with folded(_OF, "Assign", icon="person_add"):
            _offer_assignment(page, card)
        with folded(_OF, "Comment", icon="comment"):
            _offer_comment(page, card)
        mine = {each.id: each.text for each in follow.comments if _is_of(page, each)}
        if mine:
            with folded(_OF, "Take a comment back", icon="undo"):
                _offer_unsaying(page, card, mine)


def _is_of(page: Page, comment: SignalComment) -> bool:
    return comment.actor == page.actor.id and not comment.taken_back_at


def _button(
    page: Page,
    card: SignalCard,
    label: str,
    act: Callable[..., FollowUp],
    icon: str,
    title: str,
) -> None:
    st.button(
        label,
        key=_key(icon, card),
        icon=f":material/{icon}:",
        on_click=partial(_do, page, card, title, partial(act, page.runtime, page.actor)),
    )


def _offer_assignment(page: Page, card: SignalCard) -> None:
    today = page.runtime.clock.today(page.zone)
    with st.form(_key("assign", card), border=False):
        st.text_input("Who", key=_key("who", card), max_chars=LONGEST_NAME)
        st.date_input(
            "To be done by",
            value=today + _A_WEEK,
            min_value=today,
            max_value=today + LATEST,
            format="YYYY-MM-DD",
            key=_key("due", card),
        )
        st.text_area(
            "What to do, if there is more to say",
            key=_key("task", card),
            max_chars=LONGEST_COMMENT,
            height=96,
        )
        st.form_submit_button("Assign", type="primary", on_click=partial(_assign, page, card))
    if card.follow.is_assigned:
        took = partial(acts.take_back, page.runtime, page.actor)
        st.button(
            f"Take it back from {plain_label(card.follow.assignee)}",
            key=_key("take", card),
            on_click=partial(_do, page, card, "Assignment taken back", took),
        )


def _offer_comment(page: Page, card: SignalCard) -> None:
    with st.form(_key("comment", card), border=False):
        st.text_area("Comment", key=_key("text", card), max_chars=LONGEST_COMMENT)
        st.form_submit_button("Keep", type="primary", on_click=partial(_comment, page, card))


def _offer_unsaying(page: Page, card: SignalCard, mine: Mapping[int, str]) -> None:
    number = st.selectbox(
        "Which of yours",
        list(reversed(mine)),
        format_func=lambda each: plain_label(mine[each][:60]),
        key=_key("which", card),
    )
    unsay = partial(acts.take_comment_back, page.runtime, page.actor, number=int(number))
    st.button(
        "Take it back",
        key=_key("unsay", card),
        on_click=partial(_do, page, card, "Comment taken back", unsay),
    )


def _assign(page: Page, card: SignalCard) -> None:
    """Runs before the page: nothing is drawn here, so nothing can interrupt the act (F5)."""
    due = st.session_state.get(_key("due", card))
    who, task = said(_key("who", card)), said(_key("task", card))
    act = partial(acts.assign, page.runtime, page.actor, to=who, due=due, task=task)
    _do(page, card, "Assigned", act)


def _comment(page: Page, card: SignalCard) -> None:
    """Runs before the page, like `_assign`."""
    act = partial(acts.comment, page.runtime, page.actor, text=said(_key("text", card)))
    _do(page, card, "Comment kept", act)


def _acknowledge_all(page: Page, cards: Sequence[SignalCard]) -> None:
    """Runs before the page, like `_assign`."""

    def tell() -> str:
        many = acts.acknowledge_all(page.runtime, page.actor, [_at(card) for card in cards])
        return f"{many} signals are acknowledged. Each can be taken back."

    _tell("Acknowledged", tell)


def _do(page: Page, card: SignalCard, title: str, act: Act) -> None:
    def tell() -> str:
        return f"{_name(card)}. {tell_follow(act(_at(card)), page.zone)}."

    _tell(title, tell)


def _at(card: SignalCard) -> SignalAt:
    return SignalAt(
        touchpoint=card.touchpoint,
        metric=card.metric,
        grain=Grain(card.grain),
        since=card.kept_since.isoformat(),
        seen=card.follow.last_act,
    )


def _tell(title: str, act: Callable[[], str]) -> None:
    if do(_OF, title, act):
        st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def _key(name: str, card: SignalCard) -> str:
    """What a widget is called until the next act, so that an older page's fields are none of it."""
    return f"cb-signal-{name}-{card.id}-{st.session_state.get(_COUNT, 0)}"
