"""May I believe the numbers? A row per feed; open one for its rules, rows, history, contract."""

from dataclasses import replace

import streamlit as st

from callboard import views
from callboard.figures import NO_VALUE, format_count
from callboard.services.trust import latest_run, read_trust
from callboard.ui import address, filters, links, states
from callboard.ui.cache import draw, read
from callboard.ui.glyphs import badge_glyph, badge_word
from callboard.ui.markup import show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_acts import tell_act
from callboard.ui.trust_contract import show_contract
from callboard.ui.trust_history import show_history
from callboard.ui.trust_quarantine import show_quarantine
from callboard.ui.trust_rules import show_rules
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
_SECTIONS = {
    "rules": "Rules",
    "quarantine": "Quarantine",
    "history": "History",
    "contract": "Contract",
}
_MOST_FAILING = 2
_BROKEN = ("fail", "error")


@tells_errors
def show_feeds(page: Page) -> tuple[views.FeedTrust, ...]:
    """Write the state of all feeds as a sentence and a table, and return them."""
    page = _with_runs(page)
    feeds = read(page, read_trust)
    if not feeds:
        states.show_empty()
        st.stop()
    draw(page, _draw_feeds, None)
    return feeds


@tells_errors
def show_feed(page: Page, feeds: tuple[views.FeedTrust, ...]) -> None:
    """Open the feed that the reader picks: rules, quarantine, history or contract."""
    with st.container(key="cb-trust-filters", horizontal=True, vertical_alignment="bottom"):
        names = {feed.feed: feed.name for feed in feeds}
        code = address.choose("Open a feed", "feed", names, width=280)
        section = address.choose_in_row("Show", "show", _SECTIONS)
    filters.tell_missing("feed", "feed", names, shown=code)
    feed = next(each for each in feeds if each.feed == code)
    tell_act()
    page = _with_runs(page)
    if section == "rules":
        show_rules(page, feed)
    elif section == "quarantine":
        show_quarantine(page, feed)
    elif section == "history":
        show_history(page, feed)
    else:
        show_contract(feed, page.zone)


def read_feeds(page: Page) -> tuple[views.FeedTrust, ...]:
    """Return every feed, read once for a run."""
    return read(_with_runs(page), read_trust)


def _with_runs(page: Page) -> Page:
    """The page, read anew after every run: one that changes no figure publishes nothing."""
    return replace(page, stamp=f"{page.stamp} run {latest_run(page.runtime, page.actor)}")


def _draw_feeds(page: Page, _question: None) -> None:
    feeds = read(page, read_trust)
    show(tag("div", tag("h1", _sentence(feeds)), css="cb-headline"))
    rows = [_feed_row(feed, page.zone) for feed in feeds]
    caption = "Every feed, with the rows of its last reading"
    show(draw_table(_FEEDS, rows, caption=caption, is_stacked=True))


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
    """Which rules are broken; the badge's sentence where they do not say what is the matter."""
    if feed.judged_at is None or feed.judged_at != feed.last_run:
        return feed.sentence
    failing = [rule.description.rstrip(".") for rule in feed.rules if _is_told(rule, feed.rules)]
    if not failing:
        return "Every rule holds." if feed.badge is Badge.VERIFIED else feed.sentence
    more = len(failing) - _MOST_FAILING
    rest = f" and {more} more" if more > 0 else ""
    return f"Fails: {' · '.join(failing[:_MOST_FAILING])}{rest}."


def _is_told(rule: views.RuleRow, rules: tuple[views.RuleRow, ...]) -> bool:
    """Whether a rule is broken, and it is not of a part of the feed and told of the whole."""
    broken = [each for each in rules if each.state in _BROKEN]
    of_all = {each.rule_id for each in broken if not each.slice_key}
    return rule in broken and not (rule.slice_key and rule.rule_id in of_all)
