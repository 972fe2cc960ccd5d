"""Whether a published value may stand beside ours: unit, statistic, definition, peer set, age."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from callboard.services.defining.definitions import Definitions
from callboard.storage.benchmarks import BenchmarkRow
from callboard.workspace import Workspace
from metrics.changes import version_on
from metrics.intervals import Interval, interval_of, published_interval
from metrics.model import Form, Metric, Unit
from metrics.peers import COMPETITOR, PeerValue, is_left_behind, is_stale
from metrics.value import Parts

_SECONDS = {
    Unit.MILLISECONDS: 0.001,
    Unit.SECONDS: 1.0,
    Unit.MINUTES: 60.0,
    Unit.HOURS: 3600.0,
    Unit.DAYS: 86400.0,
}
_QUANTILES = {"median": 50.0, "p10": 10.0, "p25": 25.0, "p75": 75.0, "p90": 90.0}


_DIVIDED_BY_N = frozenset({Form.RATIO, Form.MEAN, Form.NET_SCORE})
_OF_CASES = frozenset({"value", "mean"})
_OF_COMPANIES = frozenset({"companies", "company", "organisations", "members"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published value in the metric's unit, and why it may not be compared (`note`, or empty).

    `value` is None where the unit cannot be converted. `too_old` says why it no longer counts, or
    is empty. `caution` says what a reader should know though the two compare.
    """

    row: BenchmarkRow
    metric: Metric
    value: float | None
    is_us: bool
    is_competitor: bool
    too_old: str
    note: str
    caution: str

    @property
    def interval(self) -> Interval | None:
        """How far sampling error alone could carry the value; None where n is unknown."""
        return None if self.value is None else _interval(self.row, self.metric, self.value)

    @property
    def is_stale(self) -> bool:
        """Whether it is too old to be ranked or held against us."""
        return bool(self.too_old)

    @property
    def is_comparable(self) -> bool:
        """Whether a gap may be told."""
        return not self.note

    @property
    def is_fair(self) -> bool:
        """Whether it compares and is not too old."""
        return self.is_comparable and not self.is_stale

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
    wrong = _what_does_not_compare(row, metric, has_value=value is not None)
    is_competitor = row.entity_type == COMPETITOR and not us
    if is_competitor and not wrong and not in_peer_set(row.entity, workspace):
        wrong = "not in our peer set"
    return Published(
        row=row,
        metric=metric,
        value=value,
        is_us=us,
        is_competitor=is_competitor,
        too_old=_too_old(row, metric, today),
        note=wrong,
        caution=_caution(row, metric),
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


def _what_does_not_compare(row: BenchmarkRow, metric: Metric, *, has_value: bool) -> str:
    version, is_time = row.definition_version, metric.unit in _SECONDS
    ours = version_on(metric, row.period_end)
    reasons = (
        (not has_value, f"its unit is {_unit_of(row)}, ours is {_unit_of(metric)}"),
        (
            not _is_our_statistic(row.statistic, metric),
            f"it is a {row.statistic}, ours is {_our_statistic(metric)}",
        ),
        (row.period_start is None, "it does not say which day its period begins"),
        (
            version not in ("", str(ours)),
            f"it follows version {version} of the definition, we {ours}",
        ),
        (
            is_time and row.clock not in ("", metric.clock),
            f"it is measured in {row.clock} hours, ours in {metric.clock} hours",
        ),
        (bool(row.segment), f"it covers {row.segment} only"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _unit_of(told: BenchmarkRow | Metric) -> str:
    return f"{told.unit} {told.per:g}" if told.per else str(told.unit)


def _is_our_statistic(statistic: str, metric: Metric) -> bool:
    if metric.form is Form.PERCENTILE:
        return _QUANTILES.get(statistic) == metric.percentile or statistic == "value"
    return statistic in ("value", "mean")


def _our_statistic(metric: Metric) -> str:
    if metric.form is Form.PERCENTILE and metric.percentile is not None:
        return "the median" if metric.percentile == 50 else f"percentile {metric.percentile:g}"
    return "the value of all cases"


def _too_old(row: BenchmarkRow, metric: Metric, today: date) -> str:
    months = metric.benchmark_max_age
    is_old = is_stale(_period_of(row), on=today, months=months)
    return f"older than {months} months" if is_old else ""


def without_left_behind(published: Published, *, by: date) -> Published:
    """The value as it counts beside others that end `by`: not two periods later than its own."""
    if published.is_stale or not is_left_behind(_period_of(published.row), by=by):
        return published
    return replace(published, too_old="too old: more than two of its periods behind the others")


def _period_of(row: BenchmarkRow) -> PeerValue:
    start = row.period_start or row.period_end
    return PeerValue(entity=row.entity, value=row.value, start=start, end=row.period_end)


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


def _caution(row: BenchmarkRow, metric: Metric) -> str:
    cautions = []
    if row.method and row.method != metric.method:
        cautions.append(f"measured by {row.method}, ours by {metric.method}")
    if row.sample_size is None and not row.denominator:
        cautions.append("n unknown")
    if row.region:
        cautions.append(row.region)
    return "; ".join(cautions)


def peers_among(published: Collection[Published]) -> list[PeerValue]:
    """The values that may be ranked, fresh or not."""
    return [peer for each in published if (peer := each.as_peer()) is not None]
