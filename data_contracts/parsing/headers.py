"""Which column of the contract each header of a file is."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data_contracts.findings import Finding, Reason
from data_contracts.model import Column, Contract
from data_contracts.parsing.table import note, refusal
from definition_files import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """`columns`: the position of each contract column that the file has. `extra`: the others."""

    columns: dict[str, int]
    extra: tuple[int, ...]
    findings: tuple[Finding, ...]


def plain(header: str) -> str:
    """Return a header as it is compared: without case, accents of form, blanks and dashes."""
    folded = unicodedata.normalize("NFKC", header).casefold().strip("\ufeff* \t")
    return "_".join(folded.replace("-", " ").replace("_", " ").split())


def names_of(contract: Contract) -> dict[str, str]:
    """Return the contract's column by every plain header it answers to."""
    names: dict[str, str] = {}
    for column in contract.columns:
        for word in (column.name, column.physical_name, *column.synonyms):
            names.setdefault(plain(word), column.name)
    return names


def map_headers(
    headers: Sequence[str],
    contract: Contract,
    *,
    line: int,
    fields: Sequence[str] | None = None,
    given: Collection[str] = (),
) -> Mapping | tuple[Finding, ...]:
    """Return where each column is, or every reason why these headers cannot be used.

    `fields` says of each header which column it is ("" for none), by its name where nothing is
    said; `given` are columns of the contract that come from elsewhere.
    """
    known = names_of(contract)
    found = list(fields or (known.get(plain(header), "") for header in headers))
    absent = [
        each for each in contract.columns if each.required and each.name not in (*found, *given)
    ]
    refusals = [*_twice(headers, found, line), *_missing(headers, found, absent, line)]
    if refusals:
        return tuple(refusals)
    extra = tuple(i for i, name in enumerate(found) if not name and headers[i].strip())
    notes = tuple(
        note(
            Reason.FILE_HEADER,
            headers[i],
            "a column of the contract; it is kept with the file and not published",
            row=line,
            column=headers[i],
            advice=nearest(plain(headers[i]), known),
        )
        for i in extra
    )
    columns = {name: i for i, name in enumerate(found) if name}
    return Mapping(columns=columns, extra=extra, findings=notes)


def _twice(headers: Sequence[str], found: list[str], line: int) -> list[Finding]:
    names = [name or plain(header) for name, header in zip(found, headers, strict=True)]
    return [
        refusal(
            Reason.FILE_HEADER,
            f"{count} columns for {name!r}: "
            + ", ".join(headers[i] for i, each in enumerate(names) if each == name),
            "every column once",
            row=line,
            column=name,
        )
        for name, count in Counter(names).items()
        if name and count > 1
    ]


def _missing(
    headers: Sequence[str], found: list[str], absent: Sequence[Column], line: int
) -> list[Finding]:
    unused = [headers[i] for i, name in enumerate(found) if not name and headers[i].strip()]
    return [
        refusal(
            Reason.FILE_HEADER,
            f"no column {column.physical_name!r}",
            "a column with one of the headers "
            + ", ".join(dict.fromkeys((column.physical_name, column.name, *column.synonyms))),
            row=line,
            column=column.name,
            advice=nearest(column.physical_name, unused),
        )
        for column in absent
    ]
