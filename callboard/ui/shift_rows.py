"""One touchpoint on a shift as compact rows: what signals, today so far, data not well, tasks."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.figures import format_count, format_day
from callboard.ui import links
from callboard.ui.glyphs import MEANING_CSS, arrow, badge_glyph, variation_glyph
from callboard.ui.markup import NOTHING, joined, tag
from callboard.views.signalling import Assignment

_QUIET = "Nothing here needs anybody now"
_ROW = Markup(
    '<li><div>{glyph}</div><div><a href="{href}">{name}</a>{told}</div>'
    "<div>{value}</div>{today}</li>"
)
_TODAY = Markup(
    '<div class="{css}" title="{detail}"><b>{now}</b> today to {until} <em>{word}</em>'
    "<small>{change}</small></div>"
)
_STEADY = Markup('<li><a href="{href}">{name}</a>{today}</li>')
_TASK = Markup(
    '<li><div>{due}</div><div><b>{who}</b>{mine}{task}<small><a href="{href}">{what}</a>{way}'
    "</small></div></li>"
)


def draw_block(block: views.ShiftBlock, *, reader: str, may_act: bool) -> Markup:
    """Return what is told of a touchpoint; what `reader` has to do stands first and is marked.

    `may_act`: he may say that something assigned is done, and gets the way there.
    """
    address = links.address("touchpoint", {"touchpoint": block.touchpoint})
    way = tag("a", "Open the touchpoint", href=address)
    heading = tag("h2", block.name) + tag("span", block.owner) + tag("span", way)
    return joined(
        (
            tag("div", heading, css="cb-h2"),
            tag("p", block.headline, css="cb-lead"),
            _quiet(block),
            _listed("cb-shift-rows", [_row(block, each) for each in block.rows if each.told]),
            _steady(block),
            _listed("cb-shift-feeds", [_feed(each) for each in block.feeds]),
            _assigned(block.assigned, reader, may_act=may_act),
        )
    )


def _quiet(block: views.ShiftBlock) -> Markup:
    if not (block.is_quiet and block.has_readings):
        return NOTHING
    told = f"{_QUIET}; not all rows are counted." if block.feeds else f"{_QUIET}."
    return tag("p", told, css="cb-small")


def _listed(css: str, items: Sequence[Markup]) -> Markup:
    return tag("ul", joined(items), css=css) if items else NOTHING


def _row(block: views.ShiftBlock, row: views.ShiftRow) -> Markup:
    """A metric that signals, with its today where there is one."""
    return _ROW.format(
        glyph=variation_glyph(row.variation),
        href=_address(block, row),
        name=row.metric_name,
        told=tag("small", row.told),
        value=tag("b", row.value_text) + tag("small", row.period_label),
        today=_today(row.today) if row.today and row.today.is_told else tag("div", ""),
    )


def _steady(block: views.ShiftBlock) -> Markup:
    """Today so far of what does not signal; of which there is too little yet, the names."""
    others = [(row, row.today) for row in block.rows if row.today and not row.told]
    told = [
        _STEADY.format(href=_address(block, row), name=row.metric_name, today=_today(today))
        for row, today in others
        if today.is_told
    ]
    few = [row.metric_name for row, today in others if not today.is_told]
    note = f"Too little yet to tell of today: {', '.join(few)}." if few else ""
    heading = tag("h3", "Today so far, of what is steady", css="cb-shift-h3") if told else NOTHING
    small = tag("p", note, css="cb-small") if note else NOTHING
    return heading + _listed("cb-shift-today", told) + small


def _address(block: views.ShiftBlock, row: views.ShiftRow) -> str:
    return links.address("touchpoint", {"touchpoint": block.touchpoint, "metric": row.metric})


def _today(today: views.TodaySoFar) -> Markup:
    """Today beside the same weekday up to the same hour; without that, only why."""
    chip = today.change
    is_compared = chip.movement is not views.Movement.UNKNOWN
    against = f" from {today.before_text} on {chip.label}"
    return _TODAY.format(
        css=MEANING_CSS[chip.meaning],
        detail=chip.detail,
        now=today.value_text,
        until=today.until,
        word=chip.word if is_compared else "",
        change=arrow(chip.movement) + f"{chip.text}{against}" if is_compared else chip.word,
    )


def _feed(feed: views.ShiftFeed) -> Markup:
    shown = {"feed": feed.feed} | ({"show": "quarantine"} if feed.waiting else {})
    link = tag("a", _way(feed), href=links.address("data_trust", shown))
    told = tag("div", badge_glyph(feed.trust.badge))
    return tag("li", told + tag("div", Markup("{} {}").format(feed.trust.sentence, link)))


def _way(feed: views.ShiftFeed) -> str:
    """Where the link goes; how many rows wait is not said twice."""
    if not feed.waiting:
        return "Data trust"
    if "in quarantine" in feed.trust.sentence:
        return "See the rows"
    rows = "row waits" if feed.waiting == 1 else "rows wait"
    return f"{format_count(feed.waiting)} {rows} in quarantine"


def _assigned(tasks: Sequence[Assignment], reader: str, *, may_act: bool) -> Markup:
    """What anybody has to do: the reader's own first, of each the soonest due first."""
    if not tasks:
        return NOTHING
    ordered = sorted(tasks, key=lambda each: not _is_mine(each, reader))
    items = [_task(each, is_mine=_is_mine(each, reader), may_act=may_act) for each in ordered]
    return tag("h3", "Assigned", css="cb-shift-h3") + _listed("cb-shift-tasks", items)


def _is_mine(task: Assignment, reader: str) -> bool:
    return task.assignee.casefold() == reader.casefold()


def _task(task: Assignment, *, is_mine: bool, may_act: bool) -> Markup:
    near = task.assigned_at.date()
    day = f"due {format_day(task.due, near=near)}" if task.due else "no due day"
    late = tag("span", Markup("<i></i>Overdue"), css="cb-sign cb-is-concern")
    query = {"touchpoint": task.touchpoint, "metric": task.metric, "grain": task.grain}
    return _TASK.format(
        due=(late if task.is_overdue else NOTHING) + tag("small", day),
        who=task.assignee,
        mine=tag("em", "yours") if is_mine else NOTHING,
        task=tag("span", task.task) if task.task else NOTHING,
        href=links.address("touchpoint", query),
        what=task.what,
        way=Markup(' · <a href="{}">Act on it</a>').format(_signal(task)) if may_act else NOTHING,
    )


def _signal(task: Assignment) -> str:
    """Where the signal is acted on, as far back as the page of signals looks."""
    chosen = f"{task.touchpoint}.{task.metric}.{task.since.isoformat()}"
    return links.address("signals", {"back": "26", "signal": chosen})
