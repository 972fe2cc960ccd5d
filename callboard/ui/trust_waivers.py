"""Rules that are waived for a while: everybody sees them, who may gives and withdraws them."""

from datetime import date, timedelta
from functools import partial

import streamlit as st

from callboard import views
from callboard.access import Action, is_allowed
from callboard.errors import CallboardError
from callboard.services.trusting.places import EVERYWHERE
from callboard.services.trusting.waiving import (
    LONGEST,
    list_waivers,
    rules_to_waive,
    slices_of,
    waive_rule,
    withdraw_waiver,
)
from callboard.ui.cache import read
from callboard.ui.folds import folded
from callboard.ui.labels import plain_label
from callboard.ui.markup import show
from callboard.ui.moments import full_day
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_acts import LONGEST as LONGEST_TEXT
from callboard.ui.trust_acts import OF, do, key_of, typed

_COLUMNS = (
    Column(title="Rule"),
    Column(title="Where"),
    Column(title="Until"),
    Column(title="State"),
    Column(title="Why"),
    Column(title="Who answers for it"),
)
_A_WEEK = timedelta(days=7)


def show_waivers(page: Page, feed: views.FeedTrust) -> None:
    """List the waivers of a feed, those that have ended among them; let them be given and ended."""
    waivers = read(page, list_waivers, feed=feed.feed)
    if waivers:
        show(
            draw_table(
                _COLUMNS, map(_row, waivers), caption=f"Waivers of {feed.name}", is_stacked=True
            )
        )
    if not is_allowed(page.actor, Action.WAIVE):
        return
    with st.container(horizontal=True):
        with folded(OF, "Waive a rule", icon="pause_circle"):
            _offer_waiver(page, feed)
        holding = {each.id: each for each in waivers if each.holds}
        if holding:
            with folded(OF, "Withdraw a waiver", icon="undo"):
                _offer_withdrawal(page, feed, holding)


def _row(waiver: views.WaiverRow) -> Row:
    return Row(
        cells=(
            waiver.description,
            waiver.where,
            full_day(waiver.until),
            waiver.state,
            waiver.reason,
            waiver.owner,
        ),
        look="" if waiver.holds else "pale",
    )


def _offer_waiver(page: Page, feed: views.FeedTrust) -> None:
    """A waived rule holds nothing back; rows that break rules stay out all the same."""
    contract = page.runtime.definitions.contracts[feed.feed]
    rules = rules_to_waive(contract)
    where = {"": EVERYWHERE} | read(page, slices_of, feed=feed.feed)
    today = page.runtime.clock.today(page.zone)
    about = feed.feed
    with st.form(key_of("waive", about), border=False):
        st.selectbox(
            "Rule that holds data back",
            list(rules),
            format_func=lambda rule: plain_label(rules[rule]),
            key=key_of("waive-rule", about),
        )
        st.selectbox(
            "Where",
            list(where),
            format_func=lambda each: plain_label(where[each]),
            key=key_of("waive-where", about),
        )
        _ask_until(today, key_of("waive-until", about))
        st.text_input("Why", key=key_of("waive-why", about), max_chars=LONGEST_TEXT)
        st.text_input("Who answers for it", key=key_of("waive-owner", about), max_chars=80)
        st.form_submit_button(
            "Waive the rule", type="primary", on_click=partial(_waive, page, about)
        )


def _ask_until(today: date, key: str) -> None:
    st.date_input(
        "Until and with",
        value=today + _A_WEEK,
        min_value=today,
        max_value=today + LONGEST,
        format="YYYY-MM-DD",
        key=key,
    )


def _waive(page: Page, feed: str) -> None:
    """Runs before the page, so that nothing can interrupt the act (F5)."""

    def act() -> tuple[str, str]:
        until = st.session_state.get(key_of("waive-until", feed))
        if until is None:
            raise CallboardError("Say until when.")
        row = waive_rule(
            page.runtime,
            page.actor,
            feed=feed,
            rule=typed("waive-rule", feed),
            slice_key=typed("waive-where", feed),
            until=until,
            why=typed("waive-why", feed),
            owner=typed("waive-owner", feed),
        )
        told = f"{row.description} It holds nothing back until {full_day(row.until)}."
        return "Rule waived", f"{told} The next refresh judges what it held."

    do(act)


def _offer_withdrawal(
    page: Page, feed: views.FeedTrust, holding: dict[int, views.WaiverRow]
) -> None:
    about = feed.feed
    with st.form(key_of("withdraw", about), border=False):
        st.selectbox(
            "Waiver",
            list(holding),
            format_func=lambda number: plain_label(
                f"{holding[number].rule_id} · {holding[number].where}"
            ),
            key=key_of("withdraw-which", about),
        )
        st.text_input("Why", key=key_of("withdraw-why", about), max_chars=LONGEST_TEXT)
        st.form_submit_button("Withdraw", on_click=partial(_withdraw, page, about))


def _withdraw(page: Page, feed: str) -> None:
    def act() -> tuple[str, str]:
        number = int(typed("withdraw-which", feed) or 0)
        why = typed("withdraw-why", feed)
        row = withdraw_waiver(page.runtime, page.actor, number=number, why=why)
        return "Waiver withdrawn", f"{row.description} It may hold data back again."

    do(act)
