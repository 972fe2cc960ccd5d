"""What publishing would change, in words: the first values of each kind, jumps, restatements."""

from collections.abc import Mapping
from itertools import chain, islice

from callboard.figures import format_change, format_day, format_full, format_number, format_span
from callboard.services.comparing.comparability import convert
from callboard.services.defining.definitions import Definitions
from callboard.services.publishing.columns import rows_at
from callboard.services.publishing.diffing import Diff
from callboard.services.publishing.jumps import Jump
from callboard.storage.benchmark_columns import SAYS
from callboard.storage.benchmark_rows import BenchmarkRow
from callboard.storage.benchmarks import read_rows
from callboard.storage.engine import Connection
from callboard.views import Change, JumpRow
from callboard.views.publishing import RestatementRow

ADD, CHANGE, LEAVE, REMOVE = "add", "change", "leave", "remove"
MOST = 200
_AMONG = {
    "before": "in what they published so far",
    "others": "in what others published so far",
    "file": "in all of this file",
}


def list_changes(
    connection: Connection, diff: Diff, definitions: Definitions
) -> tuple[Change, ...]:
    """Return the first changes, removals, additions, then what is left: at most `MOST`.

    They stand in the order of the file, and what is removed after them.
    """
    first = list(islice(chain(diff.changes, diff.removes), MOST))
    changed, removed = first[: len(diff.changes)], first[len(diff.changes) :]
    rest = islice(chain(diff.adds, diff.leaves), MOST - len(first))
    places = sorted(int(each) for each in (*changed, *rest))
    old = _before(connection, diff, [int(diff.before[each]) for each in places])
    gone = _before(connection, diff, [int(each) for each in removed])
    new = rows_at(diff.rows, places)
    told = [
        _change(old.get(int(diff.before[at])), row, definitions)
        for at, row in zip(places, new, strict=True)
    ]
    return (*told, *(_removal(row, definitions) for row in gone.values()))


def _before(connection: Connection, diff: Diff, places: list[int]) -> Mapping[int, BenchmarkRow]:
    """The rows that count now, by their position in `current`; -1 is none."""
    ids = {at: diff.current["id"][at].as_py() for at in places if at >= 0}
    found = read_rows(connection, ids.values())
    return {at: found[number] for at, number in ids.items()}


def _change(old: BenchmarkRow | None, new: BenchmarkRow, definitions: Definitions) -> Change:
    differing = [] if old is None else differing_fields(old, new)
    return Change(
        kind=ADD if old is None else CHANGE if differing else LEAVE,
        metric=definitions.metrics[new.metric].name,
        entity=new.entity,
        period=_period(new),
        old="" if old is None else _value(old, definitions),
        new=_value(new, definitions),
        difference=_difference(old, new, differing, definitions) if old and differing else "",
    )


def _removal(old: BenchmarkRow, definitions: Definitions) -> Change:
    return Change(
        kind=REMOVE,
        metric=definitions.metrics[old.metric].name,
        entity=old.entity,
        period=_period(old),
        old=_value(old, definitions),
        new="",
        difference="",
    )


def differing_fields(old: BenchmarkRow, new: BenchmarkRow) -> list[str]:
    """Return the names of what two rows of one entity say differently, whatever it was called."""
    told = (name for name in SAYS if name != "entity")
    return [name for name in told if getattr(old, name) != getattr(new, name)]


def _period(row: BenchmarkRow) -> str:
    start = row.period_start
    return format_span(start, row.period_end) if start else format_day(row.period_end)


def _value(row: BenchmarkRow, definitions: Definitions) -> str:
    metric = definitions.metrics[row.metric]
    return format_full(metric, convert(row.value, unit=row.unit, per=row.per, metric=metric))


def _difference(
    old: BenchmarkRow, new: BenchmarkRow, differing: list[str], definitions: Definitions
) -> str:
    metric = definitions.metrics[new.metric]
    before = convert(old.value, unit=old.unit, per=old.per, metric=metric)
    after = convert(new.value, unit=new.unit, per=new.per, metric=metric)
    if before != after:
        return format_change(metric, after, before)
    return f"same value; {', '.join(differing).replace('_', ' ')} changed"


def list_restatements(
    connection: Connection, diff: Diff, definitions: Definitions
) -> tuple[RestatementRow, ...]:
    """Return the first values that their publisher now says otherwise; both versions are kept."""
    pairs = diff.restated[:MOST]
    old = _before(connection, diff, [then for _, then in pairs])
    new = rows_at(diff.rows, [at for at, _ in pairs])
    return tuple(
        RestatementRow(
            metric=definitions.metrics[row.metric].name,
            entity=row.entity,
            period=_period(row),
            old=_value(old[then], definitions),
            old_edition=old[then].source_name,
            new=_value(row, definitions),
            new_edition=row.source_name,
            difference=_difference(old[then], row, ["source_name"], definitions),
        )
        for row, (_, then) in zip(new, pairs, strict=True)
    )


def tell_jump(jump: Jump, definitions: Definitions, *, is_confirmed: bool) -> JumpRow:
    """Return a jump in scale as a sentence's parts."""
    metric = definitions.metrics[jump.metric]
    return JumpRow(
        key=jump.key,
        metric=metric.name,
        source=jump.source,
        old=format_full(metric, jump.old_median),
        new=format_full(metric, jump.new_median),
        factor=format_number(jump.factor, 0),
        among=_AMONG[jump.among],
        is_confirmed=is_confirmed,
    )


def say_jump(jump: JumpRow) -> str:
    """Return a sentence that stops a publication, and what to do."""
    return (
        f"{jump.metric} by {jump.source}: the middle value is {jump.new}, but {jump.old} "
        f"{jump.among}; expected the same scale, found a factor of {jump.factor}. "
        f"Mend the file, or confirm {jump.key} if both are right."
    )
