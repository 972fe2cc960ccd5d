"""What a column of a file can be, what its words can mean, and what is said for all rows."""

from collections.abc import Iterable

from callboard import views
from callboard.services.publishing.files import Examined
from callboard.views.lab import Choices
from data_contracts.benchmarks import Known
from data_contracts.benchmarks.units import UNITS
from data_contracts.findings import Reason
from data_contracts.importing.constants import UNIT_OF_METRIC
from data_contracts.importing.evidence import PSEUDO, allowed_words
from data_contracts.model import Contract
from data_contracts.parsing.headers import plain

_LABELS = {
    "metric": "Metric",
    "entity": "Who",
    "entity_type": "Kind",
    "statistic": "Statistic",
    "value": "Value",
    "unit": "Unit",
    "period": "Period",
    "source_name": "Source",
    "region": "Region",
    "industry": "Industry",
    "segment": "Part",
}
_ALWAYS = ("metric", "entity", "entity_type", "statistic", "unit", "period", "source_name")
_BASES = tuple(f"per {base:,}" for base in (100, 1_000, 10_000, 100_000, 1_000_000))
_OWN = "value"  # the statistic of one entity's own figure


def list_fields(contract: Contract) -> Choices:
    """Return what a column can be, in words, the ways to say a period among them."""
    own = ((each.name, each.name.replace("_", " ")) for each in contract.columns)
    return (*own, *((each, each) for each in PSEUDO))


def list_names(contract: Contract, known: Known) -> dict[str, Choices]:
    """Return what the words of a naming column can mean, by column."""
    told = {each.code: next(iter(each.names), each.code) for each in known.metrics}
    names = {
        "metric": tuple((code, f"{name} ({code})") for code, name in sorted(told.items())),
        "entity": _same(sorted(set(known.entity_names().values()))),
        "touchpoint": _same(sorted(set(known.touchpoints.values()))),
        "unit": _same((*sorted(UNITS), *_BASES)),
    }
    return names | {field: _same(words) for field, words in allowed_words(contract).items()}


def list_constants(examined: Examined, known: Known) -> tuple[views.ConstantField, ...]:
    """Return what is needed and no column gives, and what was said for all rows already."""
    mapping = examined.report.mapping
    missing = _missing(examined)
    given = mapping.constants
    names = list_names(examined.contract, known)
    names["entity"] = ()  # a group has any name
    names["unit"] = ((UNIT_OF_METRIC, "as each metric is told here"), *names["unit"])
    suggested = _suggestions(examined, known)
    return tuple(
        views.ConstantField(
            field=field,
            label=_LABELS.get(field, field),
            text=given.get(field, ""),
            suggestion="" if given.get(field) else suggested.get(field, ""),
            choices=names.get(field, ()),
            is_needed=field in missing and field != "entity_type",
        )
        for field in _ALWAYS
        if field in missing or field in given
    )


def _missing(examined: Examined) -> set[str]:
    """What is needed and no column gives, or no column gives in some rows.

    Who the values are of is not said once where a column seems to say it; where it is, so is what
    kind of a group that is.
    """
    mapping, findings = examined.report.mapping, examined.report.findings
    found = {"period" if each == "period_end" else each for each in mapping.missing}
    used = {each.field for each in mapping.columns if each.field}
    lacking = {column for reason, column in findings.counts() if reason is Reason.MISSING}
    found |= {each for each in _ALWAYS if each in lacking and each not in used}
    if "entity" in used:
        found -= {"entity"}
    is_said = "entity" in found or "entity" in mapping.constants
    return found | ({"entity_type"} if is_said else set())


def _suggestions(examined: Examined, known: Known) -> dict[str, str]:
    """The usual words: a value is the entity's own, in the unit that its metric is told in."""
    metric = examined.ask.answers.constants.get("metric", "") or _named_metric(examined, known)
    code = known.metric_codes().get(plain(metric), "")
    unit = next((each.unit for each in known.metrics if each.code == code), "")
    turned = examined.ask.answers.layout
    across = {each.into for each in turned.unpivot} if turned else set()
    return {
        "metric": code,
        "entity_type": "industry" if "statistic" in across else "competitor",
        "statistic": _OWN,
        "unit": unit if unit in UNITS else UNIT_OF_METRIC,
    }


def _named_metric(examined: Examined, known: Known) -> str:
    """The one metric that the titles, the sheet or the file's name speak of."""
    reading = examined.report.reading
    told = [*reading.skipped_above, reading.sheet] if reading else []
    text = _spaced(" ".join([*told, examined.name.rpartition(".")[0]]))
    found = {
        each.code
        for each in known.metrics
        for name in each.names
        if len(name) > 3 and f" {_spaced(name)} " in f" {text} "
    }
    return found.pop() if len(found) == 1 else ""


def _spaced(text: str) -> str:
    letters = "".join(each if each.isalnum() else " " for each in text.casefold())
    return " ".join(letters.split())


def _same(words: Iterable[str]) -> Choices:
    return tuple((each, each) for each in words)
