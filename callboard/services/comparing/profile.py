"""One competitor over all metrics beside ours, each value with its grade and gap."""

from collections.abc import Mapping, Sequence

from callboard import figures
from callboard.services.comparing.comparability import Published, plain_name
from callboard.services.comparing.compared_metrics import Compared
from callboard.services.comparing.passports import restated_text
from callboard.views import Competitor, Meaning, Passport, Profile, ProfileRow


def make_profile(
    entity: str, compared: Sequence[Compared], passports: Mapping[int, Passport]
) -> Profile:
    """Return all that is known of a competitor, the metrics in the order they are given."""
    rows = [row for each in compared for row in _rows(entity, each, passports)]
    return Profile(
        entity=entity,
        rows=tuple(rows),
        sentence=_sentence(entity, rows),
        passports={row.passport: passports[row.passport] for row in rows},
    )


def entities_of(compared: Sequence[Compared]) -> tuple[str, ...]:
    """Return the competitors that anything was published of, by name, each in one spelling."""
    names = {
        plain_name(each.row.entity): each.row.entity
        for found in compared
        for each in found.published
        if each.is_competitor
    }
    return tuple(sorted(names.values(), key=str.casefold))


def _rows(entity: str, found: Compared, passports: Mapping[int, Passport]) -> list[ProfileRow]:
    shown = {each.row.id: each for each in found.league.shown}
    return [
        _row(found, each, shown[each.passport], passports)
        for each in found.league.rows
        if each.passport in shown
        and each.passport in passports
        and plain_name(shown[each.passport].row.entity) == plain_name(entity)
        and shown[each.passport].is_competitor
    ]


def _row(
    found: Compared, row: Competitor, published: Published, passports: Mapping[int, Passport]
) -> ProfileRow:
    restated = restated_text(passports, row.passport)
    return ProfileRow(
        metric=found.metric.code,
        name=found.metric.name,
        value_text=row.value_text,
        ours_text=_ours(found, published),
        gap=row.gap,
        gap_text=row.gap_text or "no gap told",
        meaning=row.gap_meaning,
        rank_text=_rank(found, row),
        n_text=row.n_text,
        period_label=row.period_label,
        grade=published.graded.grade,
        note="; ".join(filter(None, (restated, row.note))),
        passport=row.passport,
    )


def _ours(found: Compared, published: Published) -> str:
    start = published.row.period_start
    if start is None:
        return figures.NO_VALUE
    own = found.own_of((start, published.row.period_end), published.row.touchpoint)
    return figures.format_value(found.metric, own.value)


def _rank(found: Compared, row: Competitor) -> str:
    if row.rank is None or found.league.standing is None:
        return figures.NO_VALUE
    return f"{row.rank} of {found.league.standing.peers}"


def _sentence(entity: str, rows: Sequence[ProfileRow]) -> str:
    told = [row for row in rows if row.gap is not None]
    if not rows:
        return f"Nothing of {entity} is published for a metric that is measured here."
    if not told:
        return f"{entity}: {len(rows)} published values, none of which compares with ours."
    counts = {
        "ahead in": sum(row.meaning is Meaning.GOOD for row in told),
        "behind in": sum(row.meaning is Meaning.BAD for row in told),
        "not clearly apart in": sum(row.meaning is Meaning.NEUTRAL for row in told),
    }
    parts = ", ".join(f"{what} {count}" for what, count in counts.items() if count)
    are = f"we are {parts}" if parts else "we cannot say where we are in any"
    return f"Against {entity} {are} of {_compared(len(told))}.{_rest(rows, told)}"


def _rest(rows: Sequence[ProfileRow], told: Sequence[ProfileRow]) -> str:
    """What the counts leave out: gaps without an interval, and values without a gap."""
    unknown = sum(row.meaning is Meaning.NONE for row in told)
    listed = len(rows) - len(told)
    some = f" In {unknown} the interval of the gap is unknown." if unknown else ""
    are = "is" if listed == 1 else "are"
    return f"{some} {listed} more {are} listed without a gap." if listed else some


def _compared(count: int) -> str:
    return "1 value that compares" if count == 1 else f"{count} values that compare"
