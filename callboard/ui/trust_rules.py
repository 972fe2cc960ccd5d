"""The rules of one feed: what its last run found, since when, and what the engine said."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from callboard import views
from callboard.access import Action, is_allowed
from callboard.figures import NO_VALUE, format_count, format_span
from callboard.services.trust import read_trust
from callboard.services.trusting.history import read_run_story
from callboard.services.trusting.rule_rows import read_rule_rows
from callboard.ui import links, states
from callboard.ui.cache import draw, read
from callboard.ui.labels import plain_label
from callboard.ui.markup import NOTHING, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time, full_day, short_day
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_waivers import show_waivers

_RULES = (
    Column(title="Rule"),
    Column(title="State"),
    Column(title="Severity"),
    Column(title="Checked", is_number=True),
    Column(title="Failed", is_number=True),
    Column(title="Since"),
    Column(title="In words"),
)
_SLICES = (
    Column(title="Where"),
    Column(title="Days held"),
    Column(title="Days missing"),
    Column(title="Since"),
    Column(title="Data as of"),
    Column(title="Why"),
)
_SAID = (
    Column(title="Number"),
    Column(title="Expectation"),
    Column(title="Observed", is_number=True),
    Column(title="Bounds"),
    Column(title="It says"),
)
_KEPT = "cb_rule_rows"


def show_rules(page: Page, feed: views.FeedTrust) -> None:
    """Show rules, held slices, waivers, the engine's words, and the rows behind a rule."""
    if not feed.rules:
        states.show_state(
            "No rule has run yet",
            feed.sentence,
            next_step=Markup("Run <code>callboard refresh --feed {}</code>.").format(feed.feed),
        )
    else:
        draw(page, _draw_results, feed.feed)
    show_waivers(page, feed)
    if feed.run_id is not None:
        _show_engine(page, feed, feed.run_id)
    if is_allowed(page.actor, Action.READ_ROWS):
        _offer_rows(page, feed)


def rules_table(rules: tuple[views.RuleRow, ...], *, feed: str, zone: str, caption: str) -> Markup:
    """The results of rules; one that is broken says since when, as a link to its history."""
    rows = [
        Row(
            cells=(
                rule.description,
                _state(rule),
                rule.severity,
                format_count(rule.evaluated) if rule.evaluated else NO_VALUE,
                format_count(rule.failed) if rule.evaluated else NO_VALUE,
                _since(rule, feed, zone),
                rule.message,
            )
        )
        for rule in rules
    ]
    return draw_table(_RULES, rows, caption=caption, is_tall=len(rows) > 40, is_stacked=True)


def engine_table(said: tuple[views.EngineRow, ...], *, caption: str) -> Markup:
    """What the judging engine said of each number, in its own words."""
    rows = [
        Row(
            cells=(
                each.rule_id,
                tag("code", each.expectation),
                each.observed or NO_VALUE,
                each.bounds,
                each.state if each.state == "held" else tag("b", each.state),
            )
        )
        for each in said
    ]
    return draw_table(_SAID, rows, caption=caption, is_tall=len(rows) > 20, is_stacked=True)


def _draw_results(page: Page, code: str) -> None:
    feed = next(each for each in read(page, read_trust) if each.feed == code)
    zone = page.zone
    judged = day_and_time(feed.judged_at, zone)
    if feed.judged_at != feed.last_run:
        failed = f"{feed.sentence} The rules below were judged before, on {judged}."
        show(tag("p", failed, css="cb-lead"))
    if feed.slices:
        show(_slices(feed, zone))
    caption = f"Rules of {feed.name} on {judged}, what fails first"
    show(rules_table(feed.rules, feed=feed.feed, zone=zone, caption=caption))


def _state(rule: views.RuleRow) -> Markup | str:
    word = rule.state.replace("_", " ")
    told: Markup | str = word if rule.state == "pass" else tag("b", word)
    if rule.waived_until is None:
        return told
    return Markup("{}{}").format(told, tag("small", f"waived until {full_day(rule.waived_until)}"))


def _since(rule: views.RuleRow, feed: str, zone: str) -> Markup | str:
    if rule.since is None or rule.since_run is None:
        return NO_VALUE
    name = f"{rule.rule_id}|{rule.slice_key}" if rule.slice_key else rule.rule_id
    where = {"feed": feed, "show": "history", "trend": name, "run": str(rule.since_run)}
    told = f"{short_day(rule.since, zone)} (run {rule.since_run})"
    return tag("a", told, href=links.address("data_trust", where))


def _slices(feed: views.FeedTrust, zone: str) -> Markup:
    rows = [
        Row(
            cells=(
                each.where,
                _days(each.held),
                _days(each.missing),
                short_day(each.since, zone),
                day_and_time(each.as_of, zone),
                " ".join(each.said)
                + (f" Waived until {full_day(each.waived_until)}." if each.waived_until else ""),
            )
        )
        for each in feed.slices
    ]
    return draw_table(
        _SLICES, rows, caption=f"Parts of {feed.name} that are held or missing", is_stacked=True
    )


def _days(days: tuple[date, ...]) -> str:
    """How many days, and from which to which."""
    if not days:
        return NO_VALUE
    span = format_span(min(days), max(days))
    return span if len(days) == 1 else f"{len(days)} days from {span}"


def _show_engine(page: Page, feed: views.FeedTrust, run: int) -> None:
    with st.expander("What Great Expectations said", icon=":material/fact_check:"):
        draw(page, _draw_engine, (feed.feed, run))


def _draw_engine(page: Page, of: tuple[str, int]) -> None:
    """What it said of a run of a feed: dozens of rows, drawn once."""
    feed, run = of
    story = read(page, read_run_story, feed=feed, run=run)
    if not story.said:
        show(tag("p", f"Run {run} kept nothing of it.", css="cb-small"))
        return
    told = (
        f"{story.engine} judged the counts of run {run}; it is shown no row and no value. "
        "Rows are counted in the feed's own database."
    )
    caption = f"What {story.engine} said of each number of run {run}"
    show(tag("p", told, css="cb-small") + engine_table(story.said, caption=caption))


def _offer_rows(page: Page, feed: views.FeedTrust) -> None:
    """Rows of warnings and infos are not in quarantine: the feed is asked for them."""
    broken = {
        each.rule_id: each.description
        for each in feed.rules
        if each.state == "fail" and each.failed and not each.slice_key
    }
    checks = {each.rule_id for each in page.runtime.definitions.contracts[feed.feed].checks}
    offered = {rule: words for rule, words in broken.items() if rule in checks}
    if offered:
        with st.expander("The rows that break a rule", icon=":material/table_rows:"):
            _ask_rows(page, feed, offered)


@st.fragment
@tells_errors
def _ask_rows(page: Page, feed: views.FeedTrust, offered: dict[str, str]) -> None:
    rule = st.selectbox(
        "Rule",
        list(offered),
        format_func=lambda each: plain_label(offered[each]),
        key=f"cb-rule-rows-{feed.feed}",
    )
    if st.button("Ask the feed for the rows", key="cb-ask-rule-rows"):
        with st.spinner("Asking the feed …"):
            found = read_rule_rows(page.runtime, page.actor, feed=feed.feed, rule=rule)
        st.session_state[_KEPT] = (feed.feed, rule), found
    kept_for, view = st.session_state.get(_KEPT, ((), None))
    if kept_for == (feed.feed, rule) and view is not None:
        show(tag("p", view.sentence, css="cb-small") + _rows_table(view))


def _rows_table(view: views.RowsBehind) -> Markup:
    if not view.rows:
        return NOTHING
    columns = [Column(title=name) for name in view.columns]
    rows = [Row(cells=row) for row in view.rows]
    return draw_table(columns, rows, caption="Rows that break the rule", is_tall=len(rows) > 20)
