"""Whether a published value may stand beside ours: unit, statistic, definition, peer set, age."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from callboard.services.comparing.grading import age_of, grade_row, left_behind, period_of
from callboard.services.defining.definitions import Definitions
from callboard.storage.benchmarks import BenchmarkRow
from callboard.workspace import Workspace
from metrics.envelope import Sourced
from metrics.grades import Aspect, Grade, Graded
from metrics.intervals import Interval, interval_of, published_interval
from metrics.model import Form, Metric, Unit
from metrics.peers import COMPETITOR, PeerValue, is_left_behind, one_of_each
from metrics.value import Parts

_SECONDS = {
    Unit.MILLISECONDS: 0.001,
    Unit.SECONDS: 1.0,
    Unit.MINUTES: 60.0,
    Unit.HOURS: 3600.0,
    Unit.DAYS: 86400.0,
}
_LINED_UP = (Grade.A, Grade.B)
_DIVIDED_BY_N = frozenset({Form.RATIO, Form.MEAN, Form.NET_SCORE})
_OF_CASES = frozenset({"value", "mean"})
_OF_COMPANIES = frozenset({"companies", "company", "organisations", "members"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published value in the metric's unit, and how far it compares.

    `value` is None where the unit cannot be converted. `outside` says why a value that compares is
    not held against us all the same (no peer of ours), or is empty. `declared` is the place of its
    source among those that the workspace prefers, `published_of` the name it was published under.
    """

    row: BenchmarkRow
    metric: Metric
    value: float | None
    is_us: bool
    is_competitor: bool
    graded: Graded
    outside: str = ""
    declared: int = 0
    published_of: str = ""

    @property
    def interval(self) -> Interval | None:
        """How far sampling error alone could carry the value; None where n is unknown."""
        return None if self.value is None else _interval(self.row, self.metric, self.value)

    @property
    def too_old(self) -> str:
        """Why it no longer counts, or nothing."""
        return age_of(self.graded)

    @property
    def note(self) -> str:
        """Why it may not be compared, whatever its age; empty where it may."""
        worst = self.graded.apart_from(Aspect.AGE)
        if worst not in _LINED_UP:
            reasons = self.graded.against
            told = [each for each in reasons if each.grade is worst]
            return "; ".join(each.words for each in told if each.aspect is not Aspect.AGE)
        return self.outside

    @property
    def caution(self) -> str:
        """What a reader should know though the two compare."""
        return self.graded.why(Grade.B)

    @property
    def is_stale(self) -> bool:
        """Whether it is too old to be ranked or held against us."""
        return bool(self.too_old)

    @property
    def is_comparable(self) -> bool:
        """Whether a gap might be told, were it not for its age."""
        return not self.note

    @property
    def is_fair(self) -> bool:
        """Whether it compares and is not too old: of grade A or B, and a peer's if anybody's."""
        return self.graded.has_gap and not self.outside

    def as_sourced(self) -> Sourced | None:
        """The value as one of several sources, whatever its age; None where it cannot be told."""
        if self.value is None:
            return None
        return Sourced(
            source=self.row.source_name,
            value=self.value,
            grade=self.graded.apart_from(Aspect.AGE),
            declared=self.declared,
            published_on=self.row.published_on,
        )

    def as_peer(self) -> PeerValue | None:
        """The value as the ranks take it, None where it may not be ranked."""
        start = self.row.period_start
        if not self.is_comparable or not self.is_competitor or self.value is None or start is None:
            return None
        numerator, denominator = _counts(self.row, self.metric, self.value)
        return PeerValue(
            entity=self.row.entity,
            value=self.value,
            start=start,
            end=self.row.period_end,
            numerator=numerator,
            denominator=denominator,
            interval=self.interval,
        )


def judge_benchmark(row: BenchmarkRow, definitions: Definitions, *, today: date) -> Published:
    """Say whether a row compares with our metric; the metric must be one that is on."""
    metric, workspace = definitions.metrics[row.metric], definitions.workspace
    value = convert(row.value, unit=row.unit, per=row.per, metric=metric)
    us = is_ourselves(row.entity, workspace)
    is_competitor = row.entity_type == COMPETITOR and not us
    is_peer = not is_competitor or in_peer_set(row.entity, workspace)
    return Published(
        row=row,
        metric=metric,
        value=value,
        is_us=us,
        is_competitor=is_competitor,
        graded=grade_row(row, metric, workspace, today=today, converts=value is not None),
        outside="" if is_peer else "not in our peer set",
        declared=_declared(row.source_name, workspace),
    )


def convert(value: float, *, unit: str, per: float | None, metric: Metric) -> float | None:
    """Return a value in the metric's unit, None where that is not the same kind of thing.

    `78 %` is never 0.78 of something else, and a rate without its base is not a rate.
    """
    try:
        theirs = Unit(unit)
    except ValueError:
        return None
    if theirs in _SECONDS and metric.unit in _SECONDS:
        return value * _SECONDS[theirs] / _SECONDS[metric.unit]
    if theirs is not metric.unit:
        return None
    if theirs is Unit.PER:
        return value * metric.per / per if per and metric.per else None
    return value


def is_ourselves(entity: str, workspace: Workspace) -> bool:
    """Whether a publication speaks of us, by our name or one of its other forms."""
    return plain_name(entity) in {
        plain_name(name) for name in (workspace.ourselves.name, *workspace.ourselves.aliases)
    }


def in_peer_set(entity: str, workspace: Workspace) -> bool:
    """Whether an entity is among the declared peers; without a declared set everybody is."""
    declared = {plain_name(name) for each in workspace.peer_sets for name in each.entities}
    return not declared or plain_name(entity) in declared


def plain_name(name: str) -> str:
    """Return an entity's name as it is compared with others: case and blanks do not count."""
    return " ".join(name.casefold().split())


def _declared(source: str, workspace: Workspace) -> int:
    names = [plain_name(each) for each in workspace.preferred_sources]
    name = plain_name(source)
    return names.index(name) if name in names else len(names)


def without_left_behind(published: Published, *, by: date) -> Published:
    """The value as it counts beside others that end `by`: not two periods later than its own."""
    if published.is_stale or not is_left_behind(period_of(published.row), by=by):
        return published
    return replace(published, graded=left_behind(published.graded))


def _counts(row: BenchmarkRow, metric: Metric, value: float) -> tuple[float | None, float | None]:
    """Numerator and denominator: as published, else from n, which is the denominator of a share.

    Neither where n counts companies, or where the base of a rate is another number than n.
    """
    if row.statistic not in _OF_CASES or row.sample_unit.casefold() in _OF_COMPANIES:
        return None, None
    if row.numerator is not None and row.denominator:
        return row.numerator, row.denominator
    if row.sample_size and metric.form in _DIVIDED_BY_N:
        return value / metric.scale * row.sample_size, float(row.sample_size)
    return None, None


def _interval(row: BenchmarkRow, metric: Metric, value: float) -> Interval | None:
    if row.statistic not in _OF_CASES or row.sample_unit.casefold() in _OF_COMPANIES:
        return None  # how far companies lie apart says nothing of sampling error
    if row.numerator is not None and row.denominator:
        parts = Parts(numerator=row.numerator, denominator=row.denominator, n=row.denominator)
        return interval_of(metric, parts)
    if row.sample_size:
        return published_interval(metric, value=value, sample_size=row.sample_size)
    return None


def peers_among(published: Collection[Published]) -> list[PeerValue]:
    """The values that may be ranked, fresh or not: of several sources of one, the preferred."""
    known = [
        (sourced.preference, peer)
        for each in published
        if (peer := each.as_peer()) is not None and (sourced := each.as_sourced()) is not None
    ]
    ordered = sorted(known, key=lambda pair: pair[0])
    chosen = {id(peer) for peer in one_of_each(peer for _, peer in ordered)}
    return [peer for _, peer in known if id(peer) in chosen]
