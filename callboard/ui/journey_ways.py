"""Where the ways between touchpoints run: lines from port to port, none upon another. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from callboard.views import JourneyMap, JourneyNode
from callboard.views.journeys import JourneyOnward

MOST_WAYS = 12  # lines; the table has the others
CROWDED = 3  # touchpoints of a stage whose names stand upright below the lines
_WIDE, _TALL = (
    3.2,
    0.5,
)  # half of a number's room: percent of the width, a port's share of the height
Link = tuple[JourneyNode, JourneyNode, JourneyOnward]


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A touchpoint from or to which a way leads; `place` is percent of the line it stands on."""

    node: JourneyNode
    place: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How many cases came next from one port to another; the higher its level, the wider its bow.

    `share` (0-1) is of the most cases on any way.
    """

    origin: Port
    to: Port
    cases: int
    share: float
    level: int

    @property
    def is_onward(self) -> bool:
        """Whether it leads on in the order of the journey, not back."""
        return self.origin.place < self.to.place

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return (self.origin.place + self.to.place) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Ports in the order of the journey, and the ways between them, most cases first."""

    ports: tuple[Port, ...]
    ways: tuple[Way, ...]

    @property
    def levels(self) -> int:
        """How many bows stand above each other at most."""
        return 1 + max((each.level for each in self.ways), default=-1)


def ways_across(view: JourneyMap) -> Ways:
    """Return the ways as they run across the stages, each touchpoint below its column."""
    links = links_of(view)
    ports = [
        Port(node=node, place=place_across(view, at, place))
        for at, part in enumerate(view.parts)
        for place, node in enumerate(part.nodes)
        if node.key in _keys(links)
    ]
    return _ways(ports, links, room=_WIDE)


def ways_down(view: JourneyMap) -> Ways:
    """Return the ways as they run down a narrow screen, one touchpoint a line."""
    links = links_of(view)
    keys = _keys(links)
    nodes = [node for part in view.parts for node in part.nodes if node.key in keys]
    step = 100 / max(len(nodes), 1)
    ports = [Port(node=node, place=step * (at + 0.5)) for at, node in enumerate(nodes)]
    return _ways(ports, links, room=step * _TALL / 2)


def links_of(view: JourneyMap) -> list[Link]:
    """Return the ways that are drawn as their two ends and their cases; most cases first."""
    nodes = [node for part in view.parts for node in part.nodes]
    first = {node.touchpoint: node for node in reversed(nodes)}
    found = [
        (node, first[each.touchpoint], each)
        for node in nodes
        for each in node.onward
        if each.touchpoint in first
    ]
    return sorted(found, key=lambda link: -link[2].cases)[:MOST_WAYS]


def place_across(view: JourneyMap, at: int, place: int) -> float:
    """Where a touchpoint stands in percent of the width: stages are as wide as each other."""
    return 100 * (at + (place + 0.5) / len(view.parts[at].nodes)) / len(view.parts)


def is_crowded(view: JourneyMap) -> bool:
    """Whether names beside each other would have too little room."""
    keys = _keys(links_of(view))
    return any(
        len(part.nodes) > CROWDED and any(node.key in keys for node in part.nodes)
        for part in view.parts
    )


def _keys(links: Collection[Link]) -> set[str]:
    return {node.key for origin, to, _ in links for node in (origin, to)}


def _ways(ports: Sequence[Port], links: Sequence[Link], *, room: float) -> Ways:
    by_key = {each.node.key: each for each in ports}
    ends = [(by_key[origin.key], by_key[to.key]) for origin, to, _ in links]
    spans = [(min(a.place, b.place), max(a.place, b.place)) for a, b in ends]
    levels = _levels(spans, room=room)
    return Ways(
        ports=tuple(ports),
        ways=tuple(
            Way(origin=a, to=b, cases=told.cases, share=told.share, level=levels[at])
            for at, ((a, b), (_, _, told)) in enumerate(zip(ends, links, strict=True))
        ),
    )


def _levels(spans: Sequence[tuple[float, float]], *, room: float) -> Mapping[int, int]:
    """The shortest lie lowest; a bow stands above those within it, and no number upon another."""
    levels: dict[int, int] = {}
    for at in sorted(range(len(spans)), key=lambda at: spans[at][1] - spans[at][0]):
        first, last = spans[at]
        within = [levels[it] for it in levels if first <= spans[it][0] and spans[it][1] <= last]
        level = max(within, default=-1) + 1
        taken = {levels[it] for it in levels if _is_near(spans[it], spans[at], 2 * room)}
        while level in taken:
            level += 1
        levels[at] = level
    return levels


def _is_near(one: tuple[float, float], other: tuple[float, float], least: float) -> bool:
    return abs(sum(one) - sum(other)) / 2 < least
