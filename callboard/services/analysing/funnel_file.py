"""A file of units with what each counted, compared in a funnel."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from callboard.services.analysing.file_columns import (
    MOST,
    TOO_LARGE,
    FileColumns,
    read_columns,
)
from metrics.funnel import (
    INNER,
    LEAST_UNITS,
    OUTER,
    Basis,
    Floats,
    Funnel,
    make_funnel,
    signal_of,
)
from metrics.funnel_exact import Kind
from metrics.model import Better

FALSE_SIGNALS = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelRow:
    """One unit of the file: its value beside the target, the limits at its size, and the finding.

    Limits and finding are None where there are too few units for a funnel.
    """

    unit: str
    numerator: float
    denominator: float
    value: float
    target: float
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    phi: float
    tau2: float
    adjusted: bool | None
    outside: str | None
    signal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a file is to be read: its columns by name ("" for the usual ones) and what they count.

    `per` is what values, target and limits are told for one of: 100 for percent.
    """

    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    kind: Kind = Kind.PROPORTION
    better: Better = Better.NEUTRAL
    per: float = 1.0
    basis: Basis = Basis.AUTO


def read_funnel(path: Path, asked: Asked) -> tuple[list[FunnelRow], list[str]]:
    """Return the units of a file in its order, and sentences that say what was found.

    FileRefused says which rows cannot be read, or cannot be counted.
    """
    columns = read_columns(path)
    units, numerator, denominator = _counts(columns, asked)
    funnel = make_funnel(numerator, denominator, kind=asked.kind, basis=asked.basis)
    return _rows(units, funnel, asked), list(_sentences(funnel))


def _counts(columns: FileColumns, asked: Asked) -> tuple[list[str], Floats, Floats]:
    names = {
        name: columns.require(getattr(asked, name), option=f"--{name}", usual=(name,))
        for name in ("unit", "numerator", "denominator")
    }
    units = columns.texts(names["unit"], required=True)
    numerator = columns.numbers(names["numerator"], required=True)
    denominator = columns.numbers(names["denominator"], required=True)
    times = Counter(units)
    checks = (
        ("unit", np.array([times[each] > 1 for each in units], dtype=bool), _TWICE),
        ("denominator", ~(denominator > 0), _NOTHING),
        ("denominator", denominator > MOST, TOO_LARGE),
        ("numerator", ~(numerator >= 0), _NEGATIVE),
        ("numerator", numerator > MOST, TOO_LARGE),
        ("numerator", (numerator > denominator) & (asked.kind is Kind.PROPORTION), _MORE),
    )
    for name, wrong, (found, expected) in checks:
        rows = np.flatnonzero(wrong).tolist()
        columns.refuse_rows(rows, column=names[name], found=found, expected=expected)
    return units, numerator, denominator


_TWICE = ("a unit that is there more than once", "one row a unit; add its counts up")
_NOTHING = ("a denominator that is not above zero", "what was counted, or no row for the unit")
_NEGATIVE = ("a negative numerator", "a count")
_MORE = (
    "a numerator larger than its denominator",
    "cases of cases; for events in an exposure say --kind rate",
)


def _rows(units: list[str], funnel: Funnel, asked: Asked) -> list[FunnelRow]:
    is_funnel = len(units) >= LEAST_UNITS
    limits = [
        (asked.per * edge).tolist() for share in (INNER, OUTER) for edge in funnel.limits(share)
    ]
    outside, values = funnel.outside(), (asked.per * funnel.values).tolist()
    rows = []
    for at, unit in enumerate(units):
        edges = [edge[at] if is_funnel else None for edge in limits]
        rows.append(
            FunnelRow(
                unit=unit,
                numerator=_as_written(float(funnel.numerator[at])),
                denominator=_as_written(float(funnel.denominator[at])),
                value=values[at],
                target=asked.per * funnel.target,
                lower_95=edges[0],
                upper_95=edges[1],
                lower_998=edges[2],
                upper_998=edges[3],
                phi=funnel.phi,
                tau2=funnel.tau2,
                adjusted=funnel.is_adjusted if is_funnel else None,
                outside=outside[at].value if is_funnel else None,
                signal=signal_of(outside[at], asked.better).value if is_funnel else None,
            )
        )
    return rows


def _as_written(count: float) -> float:
    """A count as a whole number where it is one."""
    return int(count) if count.is_integer() else count


def _sentences(funnel: Funnel) -> list[str]:
    count = len(funnel.numerator)
    if count < LEAST_UNITS:
        units = "1 unit is" if count == 1 else f"{count} units are"
        return [f"{units} too few for a funnel, which needs {LEAST_UNITS}: no limits."]
    basis = (
        "the limits allow for that"
        if funnel.is_adjusted
        else "the limits are those of chance alone"
    )
    told = [
        f"{count} units vary {funnel.phi:.2g} times as much as by chance alone (phi); {basis}.",
        f"By chance alone about {FALSE_SIGNALS * count:.2g} of them would be outside 99.8 %.",
    ]
    if funnel.is_uninformative:
        told.append("The differences are systematic: chance hardly plays a part in them.")
    return told
