"""What became of a feed's past runs: a strip of them, one rule over time, one run in full."""

from markupsafe import Markup

from callboard import views
from callboard.charts import failures_chart
from callboard.figures import format_count, format_day
from callboard.services.trusting.history import read_history, read_run_story
from callboard.ui import address, links, states
from callboard.ui.cache import draw, read
from callboard.ui.figures_drawn import show_figure
from callboard.ui.markup import joined, show, tag
from callboard.ui.moments import day_and_time, short_day
from callboard.ui.page import Page
from callboard.ui.pictures import picture_of
from callboard.ui.tables import Column, Row, draw_table
from callboard.ui.trust_rules import engine_table, rules_table

_DAYS = (
    Column(title="Day"),
    Column(title="Broken", is_number=True),
    Column(title="Evaluated", is_number=True),
)
_SIGNS = {"published": "●", "unchanged": "○", "withheld": "■", "failed": "▲"}


def show_history(page: Page, feed: views.FeedTrust) -> None:
    """Show the strip of runs, how a rule went, and the run that the address names."""
    rule, slice_key = _asked()
    history = read(page, read_history, feed=feed.feed, rule=rule, slice_key=slice_key)
    if not history.runs:
        states.show_state(
            "No run yet",
            feed.sentence,
            next_step=Markup("Run <code>callboard refresh --feed {}</code>.").format(feed.feed),
        )
        return
    run = address.given("run")
    show(_strip(history, feed, page.zone, run))
    if run.isdecimal() and len(run) < 19:
        _show_run(page, feed, int(run))
    if not history.rules:
        show(tag("p", f"Every rule held in {_runs(len(history.runs))}.", css="cb-lead"))
        return
    names = {_name(*key): words for key, words in history.rules.items()}
    address.choose("Rule", "trend", names, width=420)
    draw(page, _draw_trend, (feed.feed, *_chosen(history)))


def _asked() -> tuple[str, str]:
    rule, _, slice_key = address.given("trend").partition("|")
    return rule, slice_key


def _chosen(history: views.FeedHistory) -> tuple[str, str]:
    return _asked() if address.given("trend") else next(iter(history.rules))


def _name(rule: str, slice_key: str) -> str:
    return f"{rule}|{slice_key}" if slice_key else rule


def _strip(history: views.FeedHistory, feed: views.FeedTrust, zone: str, chosen: str) -> Markup:
    """One sign a run, each a link that says what became of it."""
    marks = joined(
        tag("li", _mark(mark, feed.feed, zone, is_chosen=str(mark.run_id) == chosen))
        for mark in history.runs
    )
    key = "● published  ○ nothing changed  ■ withheld  ▲ could not be read"
    count = len(history.runs)
    title = tag("h2", f"The last {count} runs of {feed.name}" if count > 1 else "One run so far")
    return (
        tag("div", title + tag("span", "the newest on the right"), css="cb-h2")
        + tag("ol", marks, css="cb-runs")
        + tag("p", key, css="cb-small")
    )


def _mark(mark: views.RunMark, feed: str, zone: str, *, is_chosen: bool) -> Markup:
    told = f"Run {mark.run_id}, {day_and_time(mark.at, zone)}: {mark.sentence}"
    where = {"feed": feed, "show": "history", "run": str(mark.run_id)}
    return tag(
        "a",
        _SIGNS[mark.verdict],
        href=links.address("data_trust", where),
        title=told,
        aria_label=told,
        aria_current="true" if is_chosen else "",
        css="cb-run-broken" if mark.failing else "",
    )


def _show_run(page: Page, feed: views.FeedTrust, run: int) -> None:
    story = read(page, read_run_story, feed=feed.feed, run=run)
    told = (
        f"{day_and_time(story.mark.at, page.zone)}: {story.mark.sentence}. "
        f"{format_count(story.rows_in)} rows, {format_count(story.rows_used)} used, "
        f"{format_count(story.rows_quarantined)} quarantined."
    )
    show(
        tag("div", tag("h2", f"Run {run}"), css="cb-h2")
        + tag("p", " ".join((told, *story.reasons)), css="cb-lead")
    )
    if story.broken:
        caption = f"Rules broken in run {run}"
        show(rules_table(story.broken, feed=feed.feed, zone=page.zone, caption=caption))
    if story.said:
        caption = f"What {story.engine} said of each number of run {run}"
        show(engine_table(story.said, caption=caption))


def _draw_trend(page: Page, question: tuple[str, str, str]) -> None:
    feed, rule, slice_key = question
    history = read(page, read_history, feed=feed, rule=rule, slice_key=slice_key)
    trend = history.trend
    if trend is None or not trend.points:
        why = f"It was not evaluated in the last {history.days} days."
        states.show_nothing_here("Nothing to draw", why=why)
        return
    show(tag("p", _since(trend, page.zone), css="cb-lead"))
    alt = f"Rows that broke a rule, by day: {trend.description}"
    picture = picture_of(page, title=f"{trend.description}, {feed}", period="", stem=f"{feed}-rule")
    show_figure(failures_chart(trend), alt=alt, key="cb-failures", picture=picture)
    rows = [
        Row(cells=(format_day(day), format_count(failed), format_count(evaluated)))
        for day, failed, evaluated in reversed(trend.points)
    ]
    caption = "The last run of each day in which the rule was evaluated"
    show(draw_table(_DAYS, rows, caption=caption, is_tall=len(rows) > 20))


def _since(trend: views.RuleTrend, zone: str) -> str:
    if trend.since is None:
        return f"{trend.description} It holds now."
    began = f"since {short_day(trend.since, zone)} (run {trend.since_run})"
    return f"{trend.description} Broken {began}."


def _runs(count: int) -> str:
    return f"the last {count} runs" if count > 1 else "the one run so far"
