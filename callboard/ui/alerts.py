"""Alerts: where one has gone off and is not over, and what the workspace wants to be told of."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard.services.alerting.listing import list_alerts
from callboard.ui import links, states
from callboard.ui.cache import draw, read
from callboard.ui.markup import joined, show, tag
from callboard.ui.messages import tells_errors
from callboard.ui.moments import day_and_time
from callboard.ui.page import Page
from callboard.ui.tables import Column, Row, draw_table
from callboard.views.alerts import AlertRow, StandingRow

_RULES = (
    Column(title="Alert"),
    Column(title="Stands at", is_number=True),
    Column(title="When"),
    Column(title="Who is told"),
)
_NONE = Markup(
    "A rule under <code>alerts</code> in workspace.yaml says of what, and whom. "
    "<code>callboard alerts try</code> shows what it would tell now."
)


@tells_errors
def show_alerts(page: Page) -> None:
    """List the alerts that stand with links to their charts, then the rules in words."""
    draw(page, _draw_alerts, None)


def _draw_alerts(page: Page, _question: None) -> None:
    rules = read(page, list_alerts)
    show(tag("div", tag("h2", "Alerts") + tag("span", _summary(rules)), css="cb-h2"))
    if not rules:
        states.show_state("Nobody asked to be told", "No alert has been defined.", next_step=_NONE)
        return
    shown = joined(_draw_standing(page, rule) for rule in rules if rule.standing)
    show(tag("div", shown, css="cb-alerts"))
    rows = [
        Row(cells=(tag("b", each.name), str(len(each.standing)), each.told_when, each.told_to))
        for each in rules
    ]
    show(draw_table(_RULES, rows, caption="What this workspace wants to be told of"))


def _summary(rules: Sequence[AlertRow]) -> str:
    count = sum(len(each.standing) for each in rules)
    return f"{count} of them {'stands' if count == 1 else 'stand'}" if count else "none stands"


def _draw_standing(page: Page, rule: AlertRow) -> Markup:
    listed = joined(
        tag(
            "li",
            tag(
                "a",
                each.sentence,
                href=links.address(
                    "touchpoint", {"touchpoint": each.touchpoint, "metric": each.metric}
                ),
            )
            + Markup(" ")
            + tag("small", _as_told(each, page.zone)),
        )
        for each in rule.standing
    )
    return tag("h3", rule.name) + tag("ul", listed)


def _as_told(row: StandingRow, zone: str) -> str:
    """When it went off, whoever was told, and what the figure is by now."""
    newest = f"now {row.now}" if row.now else "nothing newer"
    return f"Went off {day_and_time(row.since, zone)}; {newest}"
