"""May I believe the numbers? A row per feed; open one for its rules, quarantine and contract."""

from functools import partial

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.figures import NO_VALUE, format_count
from callboard.services.export import quarantine_csv
from callboard.services.trust import read_trust
from callboard.services.trusting.quarantine import read_quarantine
from callboard.ui import address, links, states
from callboard.ui.downloads import offer_csv
from callboard.ui.glyphs import badge_glyph, badge_word
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views import Badge

_FEEDS = (
    Column(title="Feed and owner"),
    Column(title="State"),
    Column(title="Data as of"),
    Column(title="Due"),
    Column(title="Rows in", is_number=True),
    Column(title="Used", is_number=True),
    Column(title="In quarantine", is_number=True),
    Column(title="In words"),
)
_RULES = (
    Column(title="Rule"),
    Column(title="State"),
    Column(title="Severity"),
    Column(title="Checked", is_number=True),
    Column(title="Failed", is_number=True),
    Column(title="In words"),
)
_COLUMNS = (
    Column(title="Column"),
    Column(title="Type"),
    Column(title="What it means"),
    Column(title="Classification"),
)
_QUARANTINE = (
    Column(title="Row"),
    Column(title="Why it waits"),
    Column(title="As it came"),
    Column(title="First seen"),
    Column(title="State"),
)
_SECTIONS = {"rules": "Rules", "quarantine": "Quarantine", "contract": "Contract"}
_MOST_ROWS = 200
_MOST_FAILING = 2


@tells_errors
def show_feeds(page: Page) -> tuple[views.FeedTrust, ...]:
    """Write the state of all feeds as a sentence and a table, and return them."""
    feeds = read_trust(page.runtime, page.actor)
    if not feeds:
        states.show_empty()
        st.stop()
    show(tag("div", tag("h1", _sentence(feeds)), css="cb-headline"))
    rows = [_feed_row(feed, page.zone) for feed in feeds]
    show(draw_table(_FEEDS, rows, caption="Every feed, with the rows of its last reading"))
    return feeds


@tells_errors
def show_feed(page: Page, feeds: tuple[views.FeedTrust, ...]) -> None:
    """Open the feed that the reader picks: its rules, its quarantine or its contract."""
    with st.container(key="cb-filters", horizontal=True, vertical_alignment="bottom"):
        names = {feed.feed: feed.name for feed in feeds}
        code = address.choose("Open a feed", "feed", names, width=280)
        section = address.choose_in_row("Show", "show", _SECTIONS)
    feed = next(each for each in feeds if each.feed == code)
    if section == "rules":
        _show_rules(feed, page.zone)
    elif section == "quarantine":
        _show_quarantine(page, feed)
    else:
        _show_contract(feed, page.zone)


def _sentence(feeds: tuple[views.FeedTrust, ...]) -> str:
    badges = [feed.badge for feed in feeds]
    told = [
        f"{badges.count(badge)} {badge_word(badge).lower()}" for badge in Badge if badge in badges
    ]
    waiting = sum(feed.open_quarantine for feed in feeds)
    held = f"{format_count(waiting)} {'row waits' if waiting == 1 else 'rows wait'} in quarantine"
    noun = "feed" if len(feeds) == 1 else "feeds"
    return f"{len(feeds)} {noun}: {', '.join(told)}; {held if waiting else 'no row is held back'}."


def _feed_row(feed: views.FeedTrust, zone: str) -> Row:
    return Row(
        cells=(
            tag("a", feed.name, href=links.address("data_trust", {"feed": feed.feed}))
            + tag("small", feed.owner),
            badge_glyph(feed.badge),
            day_and_time(feed.as_of, zone),
            day_and_time(feed.due, zone),
            format_count(feed.rows_in) if feed.judged_at else NO_VALUE,
            format_count(feed.rows_used) if feed.judged_at else NO_VALUE,
            format_count(feed.open_quarantine),
            _in_words(feed),
        )
    )


def _in_words(feed: views.FeedTrust) -> str:
    """Which rules fail; the sentence of the badge where they do not say what is the matter."""
    if feed.judged_at is None or feed.judged_at != feed.last_run:
        return feed.sentence
    failing = [rule.description for rule in feed.rules if rule.state != "pass"]
    if not failing:
        return "Every rule holds." if feed.badge is Badge.VERIFIED else feed.sentence
    more = len(failing) - _MOST_FAILING
    return " ".join(
        (f"Fails: {' '.join(failing[:_MOST_FAILING])}", f"And {more} more." * (more > 0))
    )


def _show_rules(feed: views.FeedTrust, zone: str) -> None:
    if not feed.rules:
        states.show_state(
            "No rule has run yet",
            feed.sentence,
            next_step=Markup("Run <code>callboard refresh --feed {}</code>.").format(feed.feed),
        )
        return
    judged = day_and_time(feed.judged_at, zone)
    if feed.judged_at != feed.last_run:
        failed = f"{feed.sentence} The rules below were judged before, on {judged}."
        show(tag("p", failed, css="cb-lead"))
    rows = [
        Row(
            cells=(
                rule.description,
                _rule_state(rule.state),
                rule.severity,
                format_count(rule.evaluated) if rule.evaluated else NO_VALUE,
                format_count(rule.failed) if rule.evaluated else NO_VALUE,
                rule.message,
            )
        )
        for rule in feed.rules
    ]
    show(draw_table(_RULES, rows, caption=f"Rules of {feed.name} on {judged}, what fails first"))


def _rule_state(state: str) -> Markup | str:
    return state if state == "pass" else tag("b", state.replace("_", " "))


def _show_quarantine(page: Page, feed: views.FeedTrust) -> None:
    rows = read_quarantine(page.runtime, page.actor, feed=feed.feed, limit=_MOST_ROWS).rows
    if not rows:
        states.show_state(
            "Nothing is held back",
            f"Every row of {feed.name} that was judged is in use.",
            next_step="Open another feed above.",
        )
        return
    reasons = sorted({reason for row in rows for reason in row.reasons})
    wanted = address.choose(
        "Reason", "reason", {"": "All reasons"} | {each: each for each in reasons}, width=420
    )
    shown = tuple(row for row in rows if not wanted or wanted in row.reasons)
    listed = [_quarantined_row(row, page.zone) for row in shown]
    caption = f"Rows of {feed.name} that are not used"
    show(draw_table(_QUARANTINE, listed, caption=caption, is_tall=len(listed) > 20))
    offer_csv(page, "Download CSV", f"{feed.feed}-quarantine", partial(quarantine_csv, shown))


def _quarantined_row(row: views.QuarantinedRow, zone: str) -> Row:
    return Row(
        cells=(
            row.row_key,
            "; ".join(row.reasons),
            tag("code", row.raw, css="cb-code"),
            day_and_time(row.first_seen, zone),
            row.status,
        )
    )


def _show_contract(feed: views.FeedTrust, zone: str) -> None:
    facts = (
        ("What it is for", feed.purpose),
        ("Who answers for it", feed.owner),
        ("Where to ask", feed.channel),
        ("Version", feed.version),
        ("Last run", day_and_time(feed.last_run, zone)),
        ("Last good run", day_and_time(feed.last_good, zone)),
        ("Metrics that stand on it", ", ".join(feed.metrics)),
    )
    listed = joined(tag("dt", name) + tag("dd", text) for name, text in facts if text)
    rows = [Row(cells=column) for column in feed.columns]
    show(
        tag("dl", listed, css="cb-facts")
        + draw_table(_COLUMNS, rows, caption=f"What {feed.name} promises, column by column")
    )
