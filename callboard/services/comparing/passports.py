"""The passports of published values: where each comes from, and how far it compares."""

from collections.abc import Collection, Iterator, Mapping
from zoneinfo import ZoneInfo

from callboard import figures
from callboard.services.comparing.comparability import Published, convert
from callboard.services.runtime import Runtime
from callboard.storage.benchmark_origins import Before, Origin, read_origins, read_restated
from callboard.storage.benchmarks import BenchmarkRow
from callboard.storage.engine import Connection
from callboard.views import Passport, Restatement
from metrics.grades import Grade
from metrics.model import Metric, Unit
from metrics.peers import ages_on

WHAT_IT_ALLOWS = {
    Grade.A: "Comparable: it is ranked, and its gap to us is told.",
    Grade.B: "Comparable with a note: it is ranked, and its gap to us is told.",
    Grade.C: "Drawn pale and dashed; it is not ranked, and no gap is told.",
    Grade.D: "Listed only; it is neither drawn nor ranked.",
}


def make_passports(
    runtime: Runtime, connection: Connection, shown: Collection[Published]
) -> Mapping[int, Passport]:
    """Return the passport of each value, by the id of its row."""
    return Passports(
        shown,
        origins=read_origins(connection, {each.row.submission_id for each in shown}),
        restated=read_restated(connection, metrics={each.row.metric for each in shown}),
        zone=runtime.workspace.time_zone,
    )


class Passports(Mapping[int, Passport]):
    """Passports by number, made when one is looked at: of ten thousand values few are."""

    def __init__(
        self,
        shown: Collection[Published],
        *,
        origins: Mapping[int, Origin],
        restated: Mapping[int, Before],
        zone: str,
    ) -> None:
        self._shown = {each.row.id: each for each in shown if each.row.submission_id in origins}
        self._origins = origins
        self._restated = restated
        self._zone = zone

    def __len__(self) -> int:
        return len(self._shown)

    def __iter__(self) -> Iterator[int]:
        return iter(self._shown)

    def __getitem__(self, number: int) -> Passport:
        of = self._shown[number]
        origin = self._origins[of.row.submission_id]
        return _passport(of, origin, self._restated.get(number), zone=self._zone)


def _passport(
    published: Published, origin: Origin, before: Before | None, *, zone: str
) -> Passport:
    row, metric = published.row, published.metric
    same = ("entity", "publisher", "document", "source_url", "published_on", "retrieved_on")
    more = ("as_of", "population", "region", "industry", "segment", "base", "statistic")
    last = ("method", "clock", "definition_version", "licence", "note")
    return Passport(
        id=row.id,
        metric=metric.code,
        metric_name=metric.name,
        value_text=value_text(published),
        published_text=_as_published(row.value, unit=row.unit, per=row.per, base=row.base),
        grade=published.graded.grade,
        reasons=published.graded.reasons,
        verdict=_verdict(published),
        source=row.source_name,
        period_label=period_text(row),
        n_text=n_text(row),
        imported_by=origin.actor,
        imported_at=origin.at,
        file_name=origin.file_name,
        sha256=origin.sha256,
        submission=row.submission_id,
        ages_on=ages_on(row.period_end, months=metric.benchmark_max_age),
        is_old=published.is_stale,
        published_of=published.published_of if published.published_of != row.entity else "",
        restated=_restated(metric, before, origin, zone=zone) if before else None,
        **{name: getattr(row, name) for name in (*same, *more, *last)},
    )


def value_text(published: Published) -> str:
    """Return the value in our unit, as it was published where it cannot be told in ours."""
    row = published.row
    if published.value is None:
        return _as_published(row.value, unit=row.unit, per=row.per, base=row.base)
    return figures.format_value(published.metric, published.value)


def period_text(row: BenchmarkRow) -> str:
    """Return the days a value covers, its last day alone where the first is not known."""
    start, end = row.period_start, row.period_end
    return figures.format_span(start, end) if start else f"to {figures.format_day(end)}"


def n_of(row: BenchmarkRow) -> int | None:
    """Return how many a value stands on: what was published as its sample, else its denominator."""
    if row.sample_size is not None:
        return row.sample_size
    return int(row.denominator) if row.denominator else None


def n_text(row: BenchmarkRow) -> str:
    """Return how many a value stands on, and of what; `unknown` where nobody said."""
    n = n_of(row)
    return "unknown" if n is None else f"{figures.format_count(n)} {row.sample_unit}".rstrip()


def _verdict(published: Published) -> str:
    told = WHAT_IT_ALLOWS[published.graded.grade]
    if published.outside and published.graded.has_gap:
        return f"It would compare, but is {published.outside}: it is not ranked."
    if not published.is_competitor and not published.is_us and published.graded.has_gap:
        return "Comparable, but no competitor: drawn as a line of reference and never ranked."
    return told


def _as_published(value: float, *, unit: str, per: float | None, base: str) -> str:
    number = figures.format_number(value, 12).rstrip("0").rstrip(".")
    if unit == Unit.PERCENT:
        return f"{number} %"
    if per:
        return f"{number} per {figures.format_count(per)} {base}".rstrip()
    return f"{number} {unit}"


def _restated(metric: Metric, before: Before, origin: Origin, *, zone: str) -> Restatement | None:
    value = convert(before.value, unit=before.unit, per=before.per, metric=metric)
    was = (
        _as_published(before.value, unit=before.unit, per=before.per, base="")
        if value is None
        else figures.format_value(metric, value)
    )
    day = origin.at.astimezone(ZoneInfo(zone)).date()
    return Restatement(
        value_text=was, day=day, text=f"restated on {figures.format_day(day)}: was {was}"
    )


def restated_text(passports: Mapping[int, Passport], number: int) -> str:
    """Return what is said of a value that was published before with another; else nothing."""
    passport = passports.get(number)
    return passport.restated.text if passport and passport.restated else ""
