"""The tables of the competitors page; every published number in them opens its passport."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from callboard import views
from callboard.charts import MOVING_WORD, league_names
from callboard.figures import NO_VALUE, format_count, format_number, format_signed, format_span
from callboard.ui.glyphs import MEANING_CSS
from callboard.ui.links import address, outside
from callboard.ui.markup import joined, tag
from callboard.ui.moments import full_day
from callboard.ui.passports import draw_passports, grade_sign, passport_button
from callboard.ui.tables import Column, Row, draw_table
from metrics.peer_direction import Moving

_LEAGUE = (
    Column(title="Who"),
    Column(title="Rank", is_number=True),
    Column(title="Value", is_number=True),
    Column(title="Grade"),
    Column(title="95 % interval", is_number=True),
    Column(title="We, against them"),
    Column(title="n", is_number=True),
    Column(title="Period"),
    Column(title="As of"),
    Column(title="Source"),
    Column(title="Note"),
)
_GAPS = (
    Column(title="Held against"),
    Column(title="It is", is_number=True),
    Column(title="We are"),
    Column(title="Made of"),
)
_TREND = (
    Column(title="Who"),
    Column(title="Period"),
    Column(title="Value", is_number=True),
    Column(title="Grade"),
)
_QUADRANT = (
    Column(title="Metric"),
    Column(title="Our rank", is_number=True),
    Column(title="Period"),
    Column(title="Against the middle peer"),
    Column(title="Peers' spreads a year", is_number=True),
)
_PROFILE = (
    Column(title="Metric"),
    Column(title="They", is_number=True),
    Column(title="Grade"),
    Column(title="We, same days", is_number=True),
    Column(title="We, against them"),
    Column(title="Rank", is_number=True),
    Column(title="n", is_number=True),
    Column(title="Period"),
    Column(title="Note"),
)
_MOST_NAMED = 3  # metrics of one cause that are named before their list is unfolded
_MOST_VALUES = 200  # a browser draws no ten thousand rows; the CSV has them all
_Value = tuple[date, date, float | None] | tuple[date, date, float]
_SIDE = {views.Meaning.GOOD: "ahead", views.Meaning.BAD: "behind"}
_MOVING_CSS = {
    Moving.GAINING: MEANING_CSS[views.Meaning.GOOD],
    Moving.LOSING: MEANING_CSS[views.Meaning.BAD],
    Moving.UNCLEAR: MEANING_CSS[views.Meaning.NONE],
}


def league_table(view: views.CompetitorsPage, *, zone: str) -> Markup:
    """Return the league with the passport of each value."""
    named = zip(view.league, league_names(view.league), strict=True)
    rows = [_league_row(each, name, view.trend.decimals) for each, name in named]
    table = draw_table(
        _LEAGUE, rows, caption=f"{view.metric_name}, {view.unit_text}", is_stacked=True
    )
    return table + _panels("league", view.passports, (each.passport for each in view.league), zone)


def _league_row(competitor: views.Competitor, name: str, decimals: int) -> Row:
    told = "; ".join(filter(None, (competitor.restated, competitor.note)))
    return Row(
        cells=(
            f"{name} (us)" if competitor.is_us else name,
            _rank(competitor),
            passport_button("league", competitor.passport, competitor.value_text),
            grade_sign(competitor.grade),
            _interval(competitor, decimals),
            _gap(competitor),
            competitor.n_text,
            tag("span", competitor.period_label),
            tag("span", full_day(competitor.as_of)),
            outside(competitor.source, competitor.source_url),
            told,
        ),
        look="ours" if competitor.is_us else "" if competitor.comparable else "pale",
    )


def _rank(competitor: views.Competitor) -> str:
    """The rank, and how far sampling error alone could move it where that is known."""
    if competitor.rank is None:
        return NO_VALUE
    if competitor.rank_low is None or competitor.rank_low == competitor.rank_high:
        return str(competitor.rank)
    return f"{competitor.rank} ({competitor.rank_low} to {competitor.rank_high})"


def _interval(competitor: views.Competitor, decimals: int) -> str:
    if competitor.low is None or competitor.high is None:
        return NO_VALUE
    return (
        f"{format_number(competitor.low, decimals)} to {format_number(competitor.high, decimals)}"
    )


def _gap(competitor: views.Competitor) -> Markup:
    """The gap with its word: the sign is the direction of the number, the word the meaning."""
    word = _SIDE.get(competitor.gap_meaning, "")
    told = f"{competitor.gap_text}, {word}" if word else competitor.gap_text
    return tag("span", tag("em", told), css=MEANING_CSS[competitor.gap_meaning])


def gap_table(view: views.CompetitorsPage, *, zone: str) -> Markup:
    """Return our gaps to the benchmarks of the ranked peers, with what each is made of."""
    ranked = {each.entity: each.passport for each in view.league if each.rank and not each.is_us}
    rows = [
        Row(
            cells=(
                each.name,
                _held_against(each, ranked),
                tag("span", tag("em", each.text), css=MEANING_CSS[each.meaning]),
                each.made_of,
            )
        )
        for each in view.gaps
    ]
    table = draw_table(
        _GAPS, rows, caption=f"{view.metric_name}, {view.period_label}", is_stacked=True
    )
    return table + _panels("gaps", view.passports, ranked.values(), zone)


def _held_against(gap: views.BenchmarkGap, ranked: Mapping[str, int]) -> Markup:
    """The benchmark; where it is one peer's value, with that one's passport."""
    alone = ranked.get(gap.entities[0], 0) if len(gap.entities) == 1 else 0
    return passport_button("gaps", alone, gap.value_text)


def trend_table(view: views.CompetitorsPage, *, zone: str) -> Markup:
    """Return our readings and everybody's published values, the newest period first.

    Of very many the newest are shown; the caption says how many there are.
    """
    trend = view.trend
    told: list[tuple[str, _Value]] = [("Us", ours) for ours in trend.ours if ours[2] is not None]
    lines = (*trend.peers.items(), *trend.pale.items())
    told += [(entity, each) for entity, values in lines for each in values]
    told.sort(key=lambda each: each[1][1], reverse=True)
    count, told = len(told), told[:_MOST_VALUES]
    numbers = [trend.passports.get((entity, each[0], each[1]), 0) for entity, each in told]
    rows = [
        _trend_row(view, entity, each, number)
        for (entity, each), number in zip(told, numbers, strict=True)
    ]
    more = f", the newest {_MOST_VALUES} of {format_count(count)}" if count > len(told) else ""
    caption = f"{trend.metric_name}, ours and published values{more}"
    table = draw_table(_TREND, rows, caption=caption, is_tall=True)
    return table + _panels("trend", view.passports, numbers, zone)


def _trend_row(view: views.CompetitorsPage, entity: str, told: _Value, number: int) -> Row:
    start, end, value = told
    trend, passport = view.trend, view.passports.get(number)
    text = f"{format_number(value or 0.0, trend.decimals)} {trend.unit_text}".rstrip()
    return Row(
        cells=(
            entity,
            format_span(start, end),
            passport_button("trend", number, text),
            grade_sign(passport.grade if passport else None),
        ),
        look="ours" if entity == "Us" else "",
    )


def quadrant_table(view: views.Quadrant) -> Markup:
    """Return the numbered metrics of the quadrant, each a link to its league."""
    rows = [
        Row(
            cells=(
                _metric_link(each.metric, f"{number} {each.name}"),
                each.rank_text,
                tag("span", each.period_label),
                tag("span", tag("em", _moving(each)), css=_MOVING_CSS[each.direction.moving]),
                _slope(each),
            )
        )
        for number, each in enumerate(view.dots, 1)
    ]
    return draw_table(_QUADRANT, rows, caption="Our place among the peers and our move")


def _moving(dot: views.QuadrantDot) -> str:
    return f"{MOVING_WORD[dot.direction.moving]}, {dot.direction.periods} periods"


def _slope(dot: views.QuadrantDot) -> str:
    slope = dot.direction.slope
    ends = " to ".join(format_signed(each, 2) for each in (slope.low, slope.high))
    return f"{format_signed(slope.value, 2)} ({ends})"


def profile_table(view: views.Profile, *, zone: str) -> Markup:
    """Return all metrics of one competitor beside ours."""
    rows = [
        Row(
            cells=(
                _metric_link(each.metric, each.name),
                passport_button("profile", each.passport, each.value_text),
                grade_sign(each.grade),
                each.ours_text,
                tag("span", tag("em", _told_gap(each)), css=MEANING_CSS[each.meaning]),
                each.rank_text,
                each.n_text,
                tag("span", each.period_label),
                each.note,
            ),
            look="" if each.gap is not None else "pale",
        )
        for each in view.rows
    ]
    table = draw_table(_PROFILE, rows, caption=f"{view.entity}, all metrics", is_stacked=True)
    return table + _panels("profile", view.passports, view.passports, zone)


def _told_gap(row: views.ProfileRow) -> str:
    word = _SIDE.get(row.meaning, "")
    return f"{row.gap_text}, {word}" if word else row.gap_text


def draw_unknowns(unknowns: Iterable[views.Unknown]) -> Markup:
    """Return why metrics have no comparable benchmark: each cause once, its metrics folded."""
    by_cause = groupby(unknowns, key=lambda each: each.why)
    return joined(
        tag("div", tag("h3", _sentence(why)), css="cb-h3") + _folded(tuple(found))
        for why, found in by_cause
    )


def _folded(unknowns: Sequence[views.Unknown]) -> Markup:
    """The first names; unfolded every metric as a link, with what would be needed."""
    named = [each.name for each in unknowns[:_MOST_NAMED]]
    more = f" and {len(unknowns) - _MOST_NAMED} more" if len(unknowns) > _MOST_NAMED else ""
    lines = joined(
        tag("li", Markup("{}: {}").format(_definition(each), each.needed)) for each in unknowns
    )
    head = tag("summary", f"{'; '.join(named)}{more}")
    return tag("details", head + tag("ul", lines, css="cb-notes"), css="cb-small")


def _definition(of: views.Unknown) -> Markup:
    return tag("a", of.name, href=address("definitions", {"metric": of.metric}))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _metric_link(metric: str, text: str) -> Markup:
    return tag("a", text, href=address("competitors", {"metric": metric}))


def _panels(
    place: str, passports: Mapping[int, views.Passport], numbers: Iterable[int], zone: str
) -> Markup:
    wanted = dict.fromkeys(number for number in numbers if number in passports)
    return draw_passports(place, [passports[each] for each in wanted], zone=zone)
