"""One contract as a page, and the page that lists them all. Pure: facts in, text out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from callboard import figures
from callboard.services.contracts import page_markup as html
from callboard.storage.runs import RunRow, RunVerdict
from data_contracts.bounds import dataset_bounds
from data_contracts.evidence import DatasetEvidence, Gate, RuleResult, SliceEvidence, State
from data_contracts.gates.slices import slice_bounds
from data_contracts.model import Check, Clock, Column, Contract, RowCount, Weekdays
from data_contracts.rule_words import consequence, gate_consequence, rule_in_words

INDEX = "index.html"
_HOUR = timedelta(hours=1)
_CLOCKS = {
    Clock.UTC: "a moment in UTC",
    Clock.LOCAL: "the wall time of the touchpoint",
    Clock.DATE: "a day",
}
_STATES = {
    State.PASS: "kept",
    State.FAIL: "broken",
    State.NOT_EVALUATED: "not evaluated",
    State.ERROR: "could not be judged",
}
_VERDICTS = {
    RunVerdict.PUBLISHED: "published",
    RunVerdict.UNCHANGED: "published, nothing was different",
    RunVerdict.WITHHELD: "held back",
    RunVerdict.FAILED: "the feed could not be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricFacts:
    """A metric that stands on a feed, and the SQL that asks the feed for it."""

    name: str
    question: str
    formula: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What a page tells of a contract. `results` are those of the last run as a whole, by rule."""

    contract: Contract
    zone: str
    run: RunRow | None
    results: Mapping[str, RuleResult]
    metrics: Sequence[MetricFacts]


def file_name(feed: str) -> str:
    """Return what the page of a feed's contract is called; no feed can take the index's name."""
    return f"feed-{feed}.html"


def index_page(workspace: str, found: Sequence[ContractFacts]) -> str:
    """Return the page that leads to all others."""
    title = f"Data contracts of {workspace}"
    columns = ("Contract", "Version", "Status", "Answers for it", "Columns", "Rules", "Last run")
    rows = [
        (
            html.link(file_name(each.contract.feed), each.contract.name),
            each.contract.version,
            each.contract.status,
            each.contract.support.owner,
            f"{len(each.contract.columns):,}",
            f"{len(each.contract.checks) + len(each.contract.row_counts):,}",
            _last(each),
        )
        for each in found
    ]
    told = html.table("Contracts", columns, rows) or html.words("No feed is connected.")
    return html.page(title, html.joined((html.heading(title), told)))


def contract_page(found: ContractFacts) -> str:
    """Return the page of one contract."""
    contract = found.contract
    body = html.joined(
        (
            html.words(html.link(INDEX, "All data contracts")),
            html.heading(contract.name),
            html.words(contract.purpose),
            html.facts(_facts(contract)),
            html.section("Last run", html.facts(_run_facts(found))),
            html.section(
                "Columns", html.table("Columns", _COLUMNS, map(_column, contract.columns))
            ),
            html.section("Rules of rows", html.table("Rules of rows", _RULES, _rules(found))),
            html.section("What holds data back", html.table("Gates", _GATES, _gates(contract))),
            *map(_metric, found.metrics),
        )
    )
    return html.page(f"{contract.name}: data contract", body)


def _facts(contract: Contract) -> Iterator[tuple[str, str]]:
    support = contract.support
    yield "Used for", contract.usage
    yield "What to know", contract.limitations
    yield "Version", f"{contract.version}, {contract.status}"
    yield "Ends with", figures.format_day(contract.sunset) if contract.sunset else ""
    yield "Answers for it", support.owner
    yield "Works on it", "; ".join(support.members)
    yield "Ask", ", ".join(each for each in (support.channel, support.url) if each)
    yield "Who may read it", contract.roles
    yield "Is in", f"{contract.table}, in the database called {contract.server}"
    yield "A row is known by", " and ".join(contract.key)
    yield "Happens at", f"{contract.time}, {_CLOCKS[contract.clock]}"
    yield "Is written at", contract.watermark
    yield "Corrections", f"may come up to {_age(contract.late)} later"
    yield "Newest row", _freshness(contract)
    yield "Days without rows", "are days on which nothing happened" if contract.is_sparse else ""
    yield "Can be split by", ", ".join(contract.dimensions)
    yield "File", f"{contract.source}, sha256 {contract.sha256}"


def _freshness(contract: Contract) -> str:
    if contract.freshness is None:
        return ""
    is_business = contract.freshness_days is Weekdays.BUSINESS_DAYS
    which = ", counted on business days" if is_business else ""
    return f"is at most {_age(contract.freshness)} old{which}"


def _age(age: timedelta) -> str:
    hours = age / _HOUR
    return f"{hours / 24:g} days" if hours >= 48 and hours % 24 == 0 else f"{hours:g} hours"


def _run_facts(found: ContractFacts) -> Iterator[tuple[str, str]]:
    run = found.run
    if run is None:
        yield "Result", "the feed was not refreshed yet"
        return
    states = [each.state for each in found.results.values()]
    yield "Number", f"{run.id}"
    yield "Finished", figures.format_moment(run.finished_at, found.zone)
    yield "Result", _VERDICTS[run.verdict]
    yield "Rows looked at", figures.format_count(run.rows_in)
    yield "Rows used", figures.format_count(run.rows_used)
    yield "Rows kept out", figures.format_count(run.rows_quarantined)
    yield "Rules", ", ".join(f"{states.count(each)} {_STATES[each]}" for each in _STATES)


def _last(found: ContractFacts) -> str:
    if found.run is None:
        return "none yet"
    when = figures.format_moment(found.run.finished_at, found.zone)
    return f"{when}: {_VERDICTS[found.run.verdict]}"


_COLUMNS = (
    "Name",
    "In the database",
    "Type",
    "Filled",
    "Unit",
    "Class",
    "What it is",
    "Also called",
)


def _column(column: Column) -> tuple[str, ...]:
    gone = "Deprecated. " if column.is_deprecated else ""
    return (
        column.name,
        column.physical_name,
        column.type.value,
        "always" if column.required else "",
        column.unit,
        column.classification,
        f"{gone}{column.description}",
        ", ".join(column.synonyms),
    )


_RULES = ("Rule", "What must hold", "Otherwise", "About", "Last run", "Looked at", "Broken")


def _rules(found: ContractFacts) -> Iterator[tuple[str, ...]]:
    rules: tuple[Check | RowCount, ...] = (*found.contract.checks, *found.contract.row_counts)
    for rule in rules:
        result = found.results.get(rule.rule_id)
        said = rule_in_words(rule) if isinstance(rule, Check) else rule.description
        told = (rule.rule_id, said, consequence(rule), rule.dimension.value)
        yield (*told, *_counted(result))


def _counted(result: RuleResult | None) -> tuple[str, str, str]:
    if result is None:
        return ("", "", "")
    looked_at, broken = (figures.format_count(e) for e in (result.evaluated, result.failed))
    return _STATES[result.state], looked_at, broken


_GATES = ("Gate", "What must hold", "Otherwise")


def _gates(contract: Contract) -> Iterator[tuple[str, str, str]]:
    """In the words of the judge itself, who is given a run of no rows for that."""
    slices = [
        SliceEvidence(gate=gate, touchpoint="", judged=0)
        for gate in Gate
        if (gate is not Gate.TOTALS or contract.control)
        and (gate is not Gate.FRESHNESS or contract.freshness)
    ]
    nothing = DatasetEvidence(rows_in=0, slices=tuple(slices))
    counts = {each.rule_id for each in contract.row_counts}
    for bound in (*dataset_bounds(contract, nothing), *slice_bounds(contract, nothing)):
        if bound.rule_id not in counts:
            yield bound.rule_id, bound.description, gate_consequence(bound.severity)


def _metric(metric: MetricFacts) -> Markup:
    told = (html.words(metric.question), html.words(metric.formula), html.code(metric.sql))
    return html.section(f"Metric: {metric.name}", *told)
