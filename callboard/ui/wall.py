"""The sheets of the wall screen: what is good and bad now, and where the year will end."""

from collections.abc import Sequence

from markupsafe import Markup

from callboard import views
from callboard.services.tiles.headlines import is_improving, is_of_concern, tell
from callboard.ui.glyphs import MEANING_CSS
from callboard.ui.lanes import summary
from callboard.ui.markup import NOTHING, joined, tag
from callboard.ui.tiles import NEW, mark_of

_MOST = 3
_MOST_PROMISES = 8
_ITEM = Markup(
    '<li data-tile="{mark}"><span><b>{name}</b>, {place}{new}</span>'
    "<strong>{value} {unit}</strong>{told}</li>"
)
_PROMISE = Markup(
    '<tr><th scope="row"><b>{name}</b>, {place}</th><td>{year}</td><td>{target}</td><td>{end}</td>'
    '<td class="{css}"><em>{word}</em></td></tr>'
)


def make_sheets(view: views.Overview, year: views.ToDate) -> tuple[Markup, ...]:
    """Return what the screen shows in turn; without a promise there is one sheet alone."""
    return (_now(view), _year(year)) if year.rows else (_now(view),)


def draw_age(view: views.Overview) -> Markup:
    """What is said, in the largest letters there are, of data that end before yesterday."""
    if not view.days_behind:
        return NOTHING
    days = "1 day is" if view.days_behind == 1 else f"{view.days_behind} days are"
    return draw_warning(f"Old data: complete to {view.complete_to}; {days} missing.")


def draw_warning(words: str) -> Markup:
    """Return what nobody in the room may miss."""
    return tag("p", words, css="cb-wall-old", role="status")


def _now(view: views.Overview) -> Markup:
    tiles = [tile for lane in view.lanes for tile in lane.tiles]
    bad, good = (list(filter(each, tiles)) for each in (is_of_concern, is_improving))
    news = _news("bad", "Of concern", bad) + _news("good", "Improving", good)
    lanes = joined(_lane(lane) for lane in view.lanes)
    return tag("div", news, css="cb-wall-news") + tag("div", lanes, css="cb-wall-lanes")


def _news(css: str, title: str, tiles: Sequence[views.Tile]) -> Markup:
    worst = sorted(tiles, key=lambda tile: -tile.concern)
    drawn = joined(_item(tile) for tile in worst[:_MOST])
    more = len(tiles) - _MOST
    rest = tag("p", f"and {more} more", css="cb-wall-foot") if more > 0 else NOTHING
    body = tag("ul", drawn) + rest if tiles else tag("p", "Nothing.")
    return tag("section", tag("h2", title) + body, css=f"cb-wall-{css}")


def _item(tile: views.Tile) -> Markup:
    is_rate = tile.unit_text.startswith("per ")
    see = f"see {tile.muted.words}" if tile.muted else ""
    told = "; ".join(filter(None, (tile.unit_text if is_rate else "", tell(tile), see)))
    return _ITEM.format(
        mark=mark_of(tile),
        new=NEW,
        name=tile.metric_name,
        place=tile.touchpoint_name,
        value=tile.value_text,
        unit="" if is_rate else tile.unit_text,
        told=tag("small", told) if told else NOTHING,
    )


def _lane(lane: views.Lane) -> Markup:
    return tag("section", tag("h2", lane.title) + tag("p", summary(lane.tiles)))


def _year(year: views.ToDate) -> Markup:
    """The promises that need a look first, each on a line."""
    titles = ("Promise", f"{year.year} to date", "Target", "Year end", "Outlook")
    head = tag("tr", joined(tag("th", title, scope="col") for title in titles))
    rows = joined(_promise(each) for each in year.rows[:_MOST_PROMISES])
    table = tag("table", tag("thead", head) + tag("tbody", rows))
    told = tag("p", year.summary, css="cb-wall-foot")
    return tag("section", tag("h2", "Where the year will end") + told + table, css="cb-wall-year")


def _promise(row: views.ToDateRow) -> Markup:
    return _PROMISE.format(
        name=row.metric_name,
        place=row.touchpoint_name,
        year=row.year_text,
        target=row.target_text,
        end=row.range_text,
        css=MEANING_CSS[row.meaning],
        word=row.word,
    )
