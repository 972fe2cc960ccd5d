"""A trust badge that opens: what judged the data under a number, how it went, and whom to ask."""

from collections.abc import Iterator

from markupsafe import Markup

from callboard.figures import format_count
from callboard.ui import links
from callboard.ui.glyphs import badge_glyph
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.moments import day_and_time
from callboard.views import Trust, TrustCard

_OPENED = Markup('<details class="cb-opens"><summary>{badge}</summary>{cards}</details>')
_MOST = 3


def draw_badge(trust: Trust, *, zone: str, detail: str = "") -> Markup:
    """Return the badge with its word; by click or key it opens to a card for each feed."""
    badge = badge_glyph(trust.badge, detail=detail, sentence=trust.sentence)
    if not trust.cards:
        return badge
    return _OPENED.format(
        badge=badge_glyph(trust.badge, detail=detail),
        cards=joined(_card(each, zone) for each in trust.cards),
    )


def _card(card: TrustCard, zone: str) -> Markup:
    lines = (tag("p", line) for line in _lines(card, zone) if line)
    return tag("div", joined(lines))


def _lines(card: TrustCard, zone: str) -> Iterator[Markup | str]:
    yield tag("b", card.sentence)
    run = f"run {card.run_id} of {day_and_time(card.judged_at, zone)}" if card.run_id else ""
    yield f"{card.name}, contract {card.version}" + (f" · {run}" if run else "")
    yield _rows(card) if card.run_id else ""
    yield _told("Broken", tuple(e for e in card.failing if e.rstrip(".") not in card.sentence))
    yield _told("Waived", card.waived)
    yield _ask(card)
    yield tag("a", "Open in Data trust", href=links.address("data_trust", {"feed": card.feed}))


def _rows(card: TrustCard) -> str:
    """What is known of the rows; "" where nothing is."""
    told = []
    if card.rows_used is not None and card.rows_quarantined is not None:
        kept_out = format_count(card.rows_quarantined)
        told += [f"{format_count(card.rows_used)} used", f"{kept_out} in quarantine"]
    if card.rows_missing:
        told.append(f"about {format_count(card.rows_missing)} missing")
    return f"Rows: {' · '.join(told)}" if told else ""


def _told(word: str, rules: tuple[str, ...]) -> str:
    if not rules:
        return ""
    more = f" And {len(rules) - _MOST} more." if len(rules) > _MOST else ""
    return f"{word}: {' '.join(rules[:_MOST])}{more}"


def _ask(card: TrustCard) -> Markup | str:
    """Whom to ask, linked where the contract says how."""
    place = links.outside(card.channel or "Ask", card.url) if card.url else card.channel
    if not card.owner:
        return place
    return Markup("{}{}{}").format(card.owner, " · " if place else NOTHING, place)
