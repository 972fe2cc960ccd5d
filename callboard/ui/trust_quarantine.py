"""The rows of one feed that wait: chosen by state, rule, place and day, a page at a time."""

from collections.abc import Mapping
from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.figures import format_count
from callboard.services.kept_out_export import quarantine_csv
from callboard.services.trusting.quarantine import ANY, MOST, read_quarantine, replay
from callboard.ui import address, states
from callboard.ui.cache import read
from callboard.ui.downloads import offer_csv
from callboard.ui.markup import joined, show, tag
from callboard.ui.moments import day_and_time, full_day
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_acts import do
from callboard.ui.trust_correct import offer_row
from callboard.ui.trust_file import offer_file

PAGE = 50
_COLUMNS = (
    Column(title="Row"),
    Column(title="Why it waits"),
    Column(title="As it came"),
    Column(title="Where and when"),
    Column(title="First seen"),
    Column(title="State"),
)


def show_quarantine(page: Page, feed: views.FeedTrust) -> None:
    """Show rows of a feed that were kept out; who may says what they should read."""
    asked = _filters(page, feed)
    found = read(page, read_quarantine, feed=feed.feed, limit=PAGE, offset=_offset(), **asked)
    if not found.rows:
        _tell_nothing(feed, found)
        return
    show(tag("p", _told(found), css="cb-lead"))
    listed = [_row(each, page.zone) for each in found.rows]
    caption = f"Rows of {feed.name} in quarantine"
    show(draw_table(_COLUMNS, listed, caption=caption, is_tall=len(listed) > 20, is_stacked=True))
    _offer_pages(found)
    may_act = is_allowed(page.actor, Action.EDIT_QUARANTINE)
    if may_act:
        offer_row(page, found)
    with st.container(horizontal=True):
        stem = f"{feed.feed}-quarantine"
        offer_csv(page, "Download CSV", stem, partial(_all_of_them, page, feed.feed, asked))
        if may_act:
            st.button(
                "Read open rows again",
                key="cb-replay",
                icon=":material/refresh:",
                type="tertiary",
                on_click=partial(_replay, page, feed.feed),
            )
    if may_act:
        offer_file(page, feed)


def _filters(page: Page, feed: views.FeedTrust) -> dict[str, str]:
    """What the address asks for; a choice that is not there any more counts as all."""
    status = address.given("status") or "open"
    shown = read(page, read_quarantine, feed=feed.feed, status=ANY, limit=1)
    statuses = {"open": "Open (0)", **shown.statuses, ANY: "All states"}
    status = status if status in statuses else "open"
    facets = read(page, read_quarantine, feed=feed.feed, status=status, limit=1)
    days = {day.isoformat(): full_day(day) for day in facets.days}
    with st.container(key="cb-quarantine-filters", horizontal=True, vertical_alignment="bottom"):
        return {
            "status": address.choose("State", "status", statuses, width=180),
            "rule": _choose("Rule", "rule", "All rules", facets.rules, 360),
            "touchpoint": _choose("Place", "place", "All places", facets.touchpoints, 220),
            "day": _choose("Day", "day", "All days", days, 170),
        }


def _choose(label: str, key: str, everything: str, options: Mapping[str, str], width: int) -> str:
    return address.choose(label, key, {"": everything, **options}, width=width)


def _offset() -> int:
    number = address.given("part")
    return (int(number) - 1) * PAGE if number.isdecimal() and 0 < int(number) < 10_000 else 0


def _told(found: views.QuarantinePage) -> str:
    first, last = found.offset + 1, found.offset + len(found.rows)
    noun = "row" if found.total == 1 else "rows"
    if found.total == len(found.rows):
        return f"{format_count(found.total)} {noun}, the newest first."
    return f"Rows {first} to {last} of {format_count(found.total)}, the newest first."


def _tell_nothing(feed: views.FeedTrust, found: views.QuarantinePage) -> None:
    if found.statuses:
        states.show_state(
            "No such row", "None of the rows is like that.", next_step="Choose others above."
        )
        return
    states.show_state(
        "Nothing is held back",
        f"Every row of {feed.name} that was judged is in use.",
        next_step="Open another feed above.",
    )


def _row(row: views.QuarantinedRow, zone: str) -> Row:
    why = joined(tag("div", each) for each in row.reasons)
    if row.suggestion:
        why += tag("small", row.suggestion)
    place = row.place or "no known place"
    return Row(
        cells=(
            Markup("{}{}").format(row.row_key, tag("small", f"no. {row.id}")),
            why,
            tag("details", tag("summary", "All values") + tag("code", row.raw, css="cb-code")),
            tag("div", place) + tag("small", full_day(row.day)),
            day_and_time(row.first_seen, zone),
            _state(row, zone),
        )
    )


def _state(row: views.QuarantinedRow, zone: str) -> Markup:
    told = row.status
    if row.resolved_by:
        told = f"{row.status} by {row.resolved_by}, {day_and_time(row.resolved_at, zone)}"
    more = [each for each in (row.note, row.waits) if each]
    return tag("div", told) + joined(tag("div", tag("small", each)) for each in more)


def _offer_pages(found: views.QuarantinePage) -> None:
    here = found.offset // PAGE + 1
    if found.total <= PAGE:
        return
    with st.container(horizontal=True):
        for label, number, is_there in (
            ("Newer rows", here - 1, here > 1),
            ("Older rows", here + 1, found.offset + PAGE < found.total),
        ):
            st.button(
                label,
                key=f"cb-quarantine-{label[:5].lower()}",
                disabled=not is_there,
                on_click=partial(address.go_to, part=str(number)),
            )


def _all_of_them(page: Page, feed: str, asked: Mapping[str, str]) -> bytes:
    found = read_quarantine(
        page.runtime,
        page.actor,
        feed=feed,
        status=asked["status"],
        rule=asked["rule"],
        touchpoint=asked["touchpoint"],
        day=asked["day"],
        limit=MOST,
    )
    return quarantine_csv(found.rows)


def _replay(page: Page, feed: str) -> None:
    def act() -> tuple[str, str]:
        days = replay(page.runtime, page.actor, feed=feed)
        if not days:
            return "Nothing to read again", "No open row has a known day."
        told = f"{len(days)} days" if len(days) > 1 else full_day(days[0])
        return "Asked for", f"The next refresh reads {told} again."

    do(act)
