"""Cards of signals, good and bad in equal type, and the groups that one event may explain."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard.services.signalling.wording import count_signals
from callboard.ui import links
from callboard.ui.badge_card import draw_badge
from callboard.ui.glyphs import variation_glyph, variation_name
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.moments import full_day, short_day
from callboard.ui.sparkline import draw_sparkline
from callboard.views.signalling import FollowUp, SignalCard, SignalComment, SignalGroup

_CARD = Markup(
    '<article class="cb-signal cb-edge-{edge}"><header>{heading}<p>{place}</p></header>{spark}'
    '<p class="cb-signal-when">{glyph} <span>{when}</span></p>{told}{follow}'
    "<footer>{badge}{ways}</footer></article>"
)
_MOST_COMMENTS = 3
_MOST_NAMES = 5
_MOST_OPEN = 3  # a row of them; more are folded


def draw_groups(
    groups: Sequence[SignalGroup], *, zone: str, query: links.Query, may_act: bool
) -> Markup:
    """Return the groups in their order; links to the acts on a card keep the filters in `query`."""
    drawn = (_draw_group(each, zone=zone, query=query, may_act=may_act) for each in groups)
    return tag("div", joined(drawn), css="cb-signals")


def _draw_group(group: SignalGroup, *, zone: str, query: links.Query, may_act: bool) -> Markup:
    leads, cards = (
        joined(
            draw_card(card, zone=zone, query=query, may_act=may_act, level=level) for card in cards
        )
        for cards, level in ((group.leads, "h4"), (group.cards, "h4" if group.title else "h3"))
    )
    if not group.title:
        return cards
    if len(group.cards) > _MOST_OPEN:
        cards = tag("details", _summary(group.cards) + _grid(cards))
    else:
        cards = _grid(cards)
    heading = tag("h3", group.title) + tag("p", group.reason, css="cb-small")
    return tag("section", heading + (_grid(leads) if leads else NOTHING) + cards)


def _grid(cards: Markup) -> Markup:
    return tag("div", cards, css="cb-signals")


def _summary(cards: Sequence[SignalCard]) -> Markup:
    """`5 concerns and 1 improvement; 2 are not acknowledged`: what is folded is no secret."""
    waiting = sum(not card.follow.is_acknowledged for card in cards)
    rest = f"; {waiting} {'is' if waiting == 1 else 'are'} not acknowledged" if waiting else ""
    names = list(dict.fromkeys(card.metric_name for card in cards))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    named = tag("small", f"{' · '.join(names[:_MOST_NAMES])}{more}")
    return tag("summary", Markup("{}{} {}").format(count_signals(cards), rest, named))


def draw_card(
    card: SignalCard, *, zone: str, query: links.Query, may_act: bool, level: str
) -> Markup:
    """Return one card; its heading is a link to the metric at its touchpoint."""
    where = {"touchpoint": card.touchpoint, "metric": card.metric, "grain": card.grain}
    heading = tag("a", card.metric_name, href=links.address("touchpoint", where))
    act = links.address("signals", {**query, "signal": card.id})
    words = Markup("Act on it<span class='cb-hidden'>: {}</span>").format(card.metric_name)
    return _CARD.format(
        edge=variation_name(card.variation),
        heading=tag(level, heading),
        place=" · ".join(filter(None, (card.touchpoint_name, card.owner))),
        spark=draw_sparkline(card.sparkline),
        glyph=variation_glyph(card.variation),
        when=f"{card.when}{', still on' if card.is_on else ', over'}",
        told=_told(card),
        follow=draw_follow(card.follow, zone),
        badge=draw_badge(card.trust, zone=zone, detail=_as_of(card, zone)),
        ways=tag("a", words, href=act) if may_act else NOTHING,
    )


def _as_of(card: SignalCard, zone: str) -> str:
    return f"to {short_day(card.trust.as_of, zone)}" if card.trust.as_of else ""


def _told(card: SignalCard) -> Markup:
    verdict = f"{card.verdict}." if card.verdict else ""
    rule = f"Rule: {card.rule}." if card.rule else ""
    amount = f"{card.amount}." if card.amount else ""
    small = " ".join(filter(None, (rule, verdict)))
    lines = (
        tag("p", " ".join(filter(None, (amount, card.excess)))),
        tag("p", small, css="cb-small"),
    )
    return joined(lines)


def draw_follow(follow: FollowUp, zone: str) -> Markup:
    """Return what people did about a signal, the latest comments last."""
    told = tag("p", tell_follow(follow, zone), css="cb-signal-follow")
    earlier = len(follow.comments) - _MOST_COMMENTS
    said = [_comment(each, zone) for each in follow.comments[-_MOST_COMMENTS:]]
    if earlier > 0:
        words = "1 earlier comment" if earlier == 1 else f"{earlier} earlier comments"
        said.insert(0, tag("li", f"{words}, in the download"))
    return told + (tag("ul", joined(said), css="cb-signal-said") if said else NOTHING)


def _comment(comment: SignalComment, zone: str) -> Markup:
    if comment.taken_back_at:
        day = short_day(comment.taken_back_at, zone)
        return tag("li", tag("small", f"A comment, taken back by {comment.actor} on {day}"))
    who = tag("small", f"{comment.actor}, {short_day(comment.at, zone)}")
    return tag("li", Markup("“{}” {}").format(comment.text, who))


def tell_follow(follow: FollowUp, zone: str) -> str:
    """Return how things stand: `Kim has it, due 1 Dec 2026 (overdue): ask the depot`."""
    if follow.done_by:
        return f"Done, said {follow.done_by} on {short_day(follow.done_at, zone)}"
    if follow.is_assigned:
        late = " (overdue)" if follow.is_overdue else ""
        task = f": {follow.task}" if follow.task else ""
        return f"{follow.assignee} has it, due {full_day(follow.due)}{late}{task}"
    if follow.is_acknowledged:
        day = short_day(follow.acknowledged_at, zone)
        return f"Acknowledged by {follow.acknowledged_by} on {day}"
    return "Not acknowledged"
