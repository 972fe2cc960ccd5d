"""The stamp of a view: what it is, of which period, how far the data reach and how sound it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from callboard import figures
from callboard.access import Actor
from callboard.services.runtime import Runtime
from callboard.services.taking.asking import TITLES, ViewAsked
from callboard.services.taking.words import BADGE, counted
from callboard.services.tiles.overview import read_overview
from callboard.services.trust import read_trust
from callboard.storage.engine import snapshot
from callboard.storage.publications import published_at
from callboard.views import Competitor, FeedTrust, ReportFeed, ReportSection, ReportSource, Stamp
from metrics.model import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every stamp of a file stands on; read once for all of its views."""

    complete_to: str
    data_state: str
    feeds: tuple[FeedTrust, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a view says of itself for its stamp: period, publication, and the metrics it shows."""

    period: str
    publication: int
    metrics: tuple[str, ...]
    sources: tuple[ReportSource, ...] = ()


def read_ground(runtime: Runtime, actor: Actor) -> Ground:
    """Return how far the data reach and the state of every feed, as the actor may see them."""
    view = read_overview(runtime, actor, grain=runtime.workspace.calendar.grain, limit=1)
    return Ground(
        complete_to=view.complete_to,
        data_state=view.data_state,
        feeds=read_trust(runtime, actor),
    )


def stamp_view(runtime: Runtime, ground: Ground, *, asked: ViewAsked, told: Told) -> Stamp:
    """Return the stamp of a view with the feeds that its figures stand on."""
    with snapshot(runtime.store) as connection:
        moment = published_at(connection, told.publication)
    zone = runtime.workspace.time_zone
    return Stamp(
        workspace=runtime.workspace.name,
        notice=runtime.workspace.notice,
        page=TITLES[asked.page],
        filters=filters_in_words(runtime, asked),
        period=told.period,
        complete_to=ground.complete_to,
        publication=told.publication,
        published_at=figures.format_moment(moment, zone) if moment else "",
        data_state=ground.data_state,
        feeds=_feeds(runtime, ground, told.metrics),
        sources=told.sources,
    )


def stamp_of(stamp: Stamp, section: ReportSection) -> Stamp:
    """Return the stamp of a section: the feeds and, where it cites any, the sources of its metric.

    A section that tells of several metrics has the stamp of its view.
    """
    metric = section.metric
    if not metric:
        return stamp
    cited = (each for each in stamp.sources if section.is_cited and each.metric == metric)
    return replace(
        stamp,
        feeds=tuple(each for each in stamp.feeds if metric in each.metrics),
        sources=tuple(cited),
    )


def stamp_line(stamp: Stamp) -> str:
    """Return the stamp in one line, for a footer."""
    grades = sorted({each.grade for each in stamp.sources if each.grade})
    of = f" of grade {', '.join(grades)}" if grades else ""
    cited = f"{counted(len(stamp.sources), 'published value')}{of}" if stamp.sources else ""
    return " · ".join(
        filter(
            None,
            (
                stamp.workspace,
                f"{stamp.page} ({', '.join(short_filter(*each) for each in stamp.filters)})",
                stamp.period,
                f"complete to {stamp.complete_to}",
                f"publication {stamp.publication}",
                f"data behind it: {_states(stamp) or stamp.data_state}",
                cited,
            ),
        )
    )


def short_filter(name: str, value: str) -> str:
    """Return a filter as it stands in a line: names speak for themselves."""
    return value if name in _SPEAKING else f"{name.lower()} {value}"


def stamp_facts(stamp: Stamp) -> tuple[tuple[str, str], ...]:
    """Return the stamp as facts by name, without those that are not known."""
    published = f", {stamp.published_at}" if stamp.published_at else ""
    facts = (
        ("Workspace", stamp.workspace),
        ("Notice", stamp.notice),
        ("Page", stamp.page),
        *stamp.filters,
        ("Period", stamp.period),
        ("Complete to", stamp.complete_to),
        ("Publication", f"{stamp.publication}{published}"),
        ("State of all data", stamp.data_state),
    )
    return tuple((name, value) for name, value in facts if value)


def _states(stamp: Stamp) -> str:
    """The state of the feeds shown: `3 verified, 1 stale`."""
    badges = [each.badge for each in stamp.feeds]
    told = [word for word in BADGE.values() if word in badges]
    return ", ".join(f"{badges.count(word)} {word.lower()}" for word in told)


def filters_in_words(runtime: Runtime, asked: ViewAsked) -> tuple[tuple[str, str], ...]:
    """Return the filters of a view by name, touchpoints and metrics by theirs."""
    return tuple(_filters(runtime, asked))


def _filters(runtime: Runtime, asked: ViewAsked) -> Iterable[tuple[str, str]]:
    definitions = runtime.definitions
    names = {code: each.name for code, each in definitions.touchpoints.items()}
    if asked.several("touchpoints"):
        yield (
            "Touchpoints",
            ", ".join(names.get(each, each) for each in asked.several("touchpoints")),
        )
    for key, label in (("touchpoint", "Touchpoint"), ("at", "At")):
        if asked.one(key):
            yield label, names.get(asked.one(key), asked.one(key))
    if asked.one("metric") in definitions.metrics:
        yield "Metric", definitions.metrics[asked.one("metric")].name
    yield from ((label, asked.one(key)) for key, label in _PLAIN if asked.one(key))
    if asked.page != "competitors":
        yield "Periods of a", asked.grain(runtime).value


_SPEAKING = ("Touchpoint", "Touchpoints", "Metric", "Pillar")
_PLAIN = (
    ("pillar", "Pillar"),
    ("by", "By"),
    ("span", "Periods together"),
    ("history", "Periods shown"),
    ("season", "Limits"),
)


def _feeds(runtime: Runtime, ground: Ground, codes: Collection[str]) -> tuple[ReportFeed, ...]:
    """The feeds of some metrics, what most needs a look first."""
    known = runtime.definitions.metrics
    shown = [known[code] for code in codes if code in known]
    zone = runtime.workspace.time_zone
    return tuple(
        ReportFeed(
            name=each.name,
            badge=BADGE[each.badge],
            as_of=_moment(each.as_of, zone),
            sentence=each.sentence,
            metrics=told,
        )
        for each in ground.feeds
        if (told := tuple(metric.name for metric in shown if each.feed in metric.feeds))
    )


def _moment(moment: date | None, zone: str) -> str:
    if isinstance(moment, datetime):
        return figures.format_moment(moment, zone)
    return figures.format_day(moment) if moment else ""


def sources_of(metric: Metric, league: Iterable[Competitor]) -> tuple[ReportSource, ...]:
    """Return where each published value of a league comes from, in its order."""
    return tuple(
        ReportSource(
            metric=metric.name,
            entity=each.entity,
            value_text=each.value_text,
            grade=each.grade,
            n_text=each.n_text,
            period=each.period_label,
            as_of=each.as_of,
            source=each.source,
            url=each.source_url,
        )
        for each in league
        if not each.is_us
    )
