"""Columns of whole groups in the place of names: an industry's value is no competitor's."""

from collections.abc import Iterator, Mapping, Sequence

from data_contracts.findings import Finding, Reason
from data_contracts.importing.answers import Answers
from data_contracts.importing.coded import Sheet
from data_contracts.importing.constants import for_all
from data_contracts.importing.evidence import Support
from data_contracts.parsing.headers import plain
from data_contracts.parsing.table import note

KINDS = ("industry", "region")
_LIKELY = Support(
    field="entity",
    confidence=0.85,
    evidence="no column names a company, so the values are of these groups",
)


def stands_for_names(headers: Sequence[str], fields: Sequence[str], answers: Answers) -> int:
    """Return where the column of groups is that the values are of, -1 for nowhere.

    Only where a person has looked at the file, nothing names who the values are of, and the column
    has not been answered itself.
    """
    is_looked_at = answers.columns is not None or answers.layout is not None
    if not is_looked_at or "entity" in fields or answers.constants.get("entity"):
        return -1
    answered = {plain(each.header) for each in answers.columns or ()}
    for kind in KINDS:
        if kind in fields:
            at = list(fields).index(kind)
            return -1 if plain(headers[at]) in answered else at
    return -1


def of_groups(best: Mapping[int, Support], at: int) -> Support | None:
    """Return what the column of groups seems to be, None where another may hold the names."""
    is_free = at >= 0 and all(each.field != "entity" for each in best.values())
    return _LIKELY if is_free else None


def put_kinds(sheet: Sheet, header: str, names: Mapping[str, str]) -> Iterator[Finding]:
    """Make the values of a column called industry or region the industry's or the region's own.

    `header` is that of the names, `names` are the contract's by plain header.
    """
    kind = names.get(plain(header), "")
    if kind in KINDS and "entity_type" not in sheet:
        sheet.put("entity_type", for_all(sheet, kind))
        yield note(
            Reason.UNKNOWN_NAME,
            f"the column {header!r} for who the values are of",
            f"names of competitors; published as entity_type {kind} and not ranked",
            column="entity_type",
        )
