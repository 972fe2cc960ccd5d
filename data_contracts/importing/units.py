"""The unit of each row, where no column of the file and no constant says it.

It is taken from what was answered for the column of values, then from an explicit sign in its
header, in the name of the metric, or in the cell itself; nothing else counts.
"""

from collections.abc import Iterator

from data_contracts.benchmarks.known import Known, KnownMetric
from data_contracts.benchmarks.units import read_unit
from data_contracts.findings import Finding, Reason
from data_contracts.importing.coded import Coded, Sheet
from data_contracts.importing.columns import Chosen
from data_contracts.importing.constants import UNIT_OF_METRIC, fill, for_all
from data_contracts.importing.header_units import read_header_unit
from data_contracts.parsing.durations import read_duration
from data_contracts.parsing.headers import plain
from data_contracts.parsing.pairs import read_pair
from data_contracts.parsing.table import note


def says_units(sheet: Sheet, chosen: Chosen, header: str) -> bool:
    """Whether anything but a column or a constant says a unit of some row."""
    answer = chosen.answers.get("value")
    if (answer and answer.unit) or read_header_unit(header):
        return True
    words = (*sheet.column("metric").words, *sheet.column("value").words)
    return any(_sign(word) for word in words)


def put_units(sheet: Sheet, chosen: Chosen, header: str) -> Iterator[Finding]:
    """Fill the empty units and say where they were taken from.

    To be called while the metrics are still as the file names them.
    """
    answer = chosen.answers.get("value")
    if answer and answer.unit:
        fill(sheet, "unit", for_all(sheet, answer.unit))
    if answer and answer.per:
        fill(sheet, "per", for_all(sheet, str(answer.per)))
    if (unit := read_header_unit(header)) and _lacks(sheet):
        fill(sheet, "unit", for_all(sheet, unit.unit))
        yield _told(f"{unit.sign!r} in the header {header!r}", unit.unit)
    for field in ("metric", "value"):
        if not _lacks(sheet):
            return
        column = sheet.column(field)
        signs = column.changed(_sign)
        fill(sheet, "unit", signs)
        example = next(
            (word for word, unit in zip(column.words, signs.words, strict=True) if unit), ""
        )
        if example:
            yield _told(f"signs such as in {example!r}", _sign(example))


def put_units_of_metrics(sheet: Sheet, known: Known) -> None:
    """Put the unit each metric is told in where that was said; metrics have their codes by now.

    A rate has its base with it.
    """
    if UNIT_OF_METRIC not in sheet.words("unit"):
        return
    units = sheet.column("unit")
    codes, told = known.metric_codes(), {each.code: _told_in(each) for each in known.metrics}
    own = sheet.column("metric").changed(lambda word: told.get(codes.get(plain(word), ""), ""))
    sheet.put_cells("unit", units.where(lambda word: word == UNIT_OF_METRIC), own)


def _told_in(metric: KnownMetric) -> str:
    return f"{metric.unit} {metric.per:,.0f}" if metric.per else metric.unit


def _sign(word: str) -> str:
    """The unit a word says by a sign: of a metric's name, of a percentage, of a duration."""
    if unit := read_header_unit(word):
        return unit.unit
    if word[:1].isdigit() and ("%" in word or read_pair(word) is not None):
        return "percent"
    return "seconds" if isinstance(read_duration(word), float) else ""


def _lacks(sheet: Sheet) -> bool:
    return bool(sheet.column("unit").where(lambda word: not word).any())


def _told(found: str, unit: str) -> Finding:
    return note(Reason.TIDIED, found, f"a unit for each row; it was read as {unit}", column="unit")


def units_of(sheet: Sheet) -> Coded:
    """The unit of each row as the contract names it, "" for none."""
    return sheet.column("unit").changed(lambda word: read_unit(word)[0])
