"""Names that stand for entities, one by one, and what cannot be said of them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from callboard.entities import EntityNames, NameKind
from data_contracts.parsing.headers import plain
from definition_files import Problem

Steps = Mapping[str, tuple[tuple[str, date | None], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldName:
    """`name` stands for `entity`, from a day on or always; two that say so are equal."""

    entity: str
    name: str
    kind: NameKind = field(default=NameKind.ALIAS, compare=False)
    from_day: date | None = None
    why: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, date | None]:
        """What one thing only can be said of: the name as it is compared, and the day."""
        return plain(self.name), self.from_day


def told_in(entries: Iterable[EntityNames]) -> tuple[ToldName, ...]:
    """Return each name of entities.yaml with what it stands for."""
    return tuple(
        ToldName(
            entity=each.entity, name=name, kind=each.kind, from_day=each.from_day, why=each.why
        )
        for each in entries
        for name in each.names
    )


def steps_of(told: Iterable[ToldName]) -> Steps:
    """Return by plain name what it stands for and from which day, the earliest first.

    A chain is followed to its end: what became B in 2015 is C when B became C in 2020.
    """
    direct = _direct(told)
    return {name: _followed(name, direct) for name in direct}


def entity_on(steps: Steps, name: str, day: date) -> str:
    """Return what a name stands for on a day: itself where nothing is said of it."""
    found = name
    for entity, since in steps.get(plain(name), ()):
        if since is None or since <= day:
            found = entity
    return found


def mistakes_in(
    told: Sequence[ToldName], ourselves: Iterable[str]
) -> Iterator[tuple[ToldName, str, str]]:
    """Say what cannot be: the name, what was found, what was expected."""
    own = {plain(name) for name in ourselves}
    direct = _direct(told)
    seen: dict[tuple[str, date | None], ToldName] = {}
    for each in told:
        if own & {plain(each.name), plain(each.entity)}:
            yield each, f"{_said(each)}, which is ourselves", "our own names in workspace.yaml"
        elif plain(each.name) == plain(each.entity):
            yield each, f"{each.name!r} for itself", "another name"
        elif each.key in seen:
            other = seen[each.key]
            yield each, f"{_said(each)} and {other.entity!r}", "each name for one entity at a time"
        elif _runs_in_a_circle(each, direct):
            yield each, f"{_said(each)}, which leads back to it", "names that lead to an end"
        seen.setdefault(each.key, each)


def check_names(
    entries: Iterable[EntityNames], ourselves: Iterable[str], *, file: str
) -> list[Problem]:
    """Return what entities.yaml says twice, of ourselves, or in a circle."""
    return [
        Problem(file=file, key=f"entities.{of.entity}", found=found, expected=expected)
        for of, found, expected in mistakes_in(told_in(entries), ourselves)
    ]


def _said(of: ToldName) -> str:
    since = f" from {of.from_day.isoformat()}" if of.from_day else ""
    return f"{of.name!r} for {of.entity!r}{since}"


def _direct(told: Iterable[ToldName]) -> dict[str, tuple[tuple[str, date | None], ...]]:
    found: dict[str, list[tuple[str, date | None]]] = {}
    for each in sorted(told, key=lambda each: each.from_day or date.min):
        found.setdefault(plain(each.name), []).append((each.entity, each.from_day))
    return {name: tuple(steps) for name, steps in found.items()}


def _reached(name: str, direct: Steps) -> set[str]:
    """Every plain name that a name leads to at any time, itself among them."""
    reached: set[str] = set()
    ahead = [name]
    while ahead:
        current = ahead.pop()
        if current not in reached:
            reached.add(current)
            ahead += [plain(entity) for entity, _ in direct.get(current, ())]
    return reached


def _follow(name: str, direct: Steps, day: date) -> str:
    """Where a name leads on a day; a circle ends where it began."""
    current, passed = name, {plain(name)}
    while True:
        after = entity_on(direct, current, day)
        if plain(after) in passed:
            return after
        passed.add(plain(after))
        current = after


def _followed(name: str, direct: Steps) -> tuple[tuple[str, date | None], ...]:
    found: list[tuple[str, date | None]] = []
    for since in sorted(_days(name, direct), key=lambda day: day or date.min):
        entity = _follow(name, direct, since or date.min)
        if plain(entity) != name and (not found or found[-1][0] != entity):
            found.append((entity, since))
    return tuple(found)


def _runs_in_a_circle(told: ToldName, direct: Steps) -> bool:
    """Whether a name leads back to itself on some day that it stands for something else."""
    name = plain(told.name)
    return any(_is_back(name, direct, day or date.min) for day in _days(name, direct))


def _days(name: str, direct: Steps) -> set[date | None]:
    """Every day on which something changes for a name; None is always."""
    return {since for each in _reached(name, direct) for _, since in direct.get(each, ())}


def _is_back(name: str, direct: Steps, day: date) -> bool:
    current, passed = name, set[str]()
    while current not in passed:
        passed.add(current)
        after = plain(entity_on(direct, current, day))
        if after == current:
            return False
        current = after
    return current == name
