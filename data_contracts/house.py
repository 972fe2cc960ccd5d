"""Our words in an ODCS file: the `callboard.*` custom properties, read with their problems."""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from open_data_contract_standard.model import CustomProperty, ServiceLevelAgreementProperty

from data_contracts.formats import read_day
from data_contracts.model import Clock, Control, Weekdays
from definition_files import Problem, nearest

HOUSE_KEYS = (
    "callboard.time",
    "callboard.clock",
    "callboard.touchpoint",
    "callboard.watermark",
    "callboard.late",
    "callboard.dimensions",
    "callboard.maxQuarantineShare",
    "callboard.sparse",
    "callboard.maxFeedQuarantineShare",
    "callboard.freshnessCalendar",
    "callboard.scaleFactor",
    "callboard.control",
    "callboard.sunset",
    "callboard.journeyKey",
)
LATE = timedelta(days=3)
QUARANTINE_SHARE = 0.2
SCALE_FACTOR = 20.0
_CONTROL = frozenset({"table", "day", "rows"})
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(m|min|h|d|w)")
_UNITS = {
    **dict.fromkeys(("m", "min", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "wk", "week", "weeks"), timedelta(weeks=1)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What a contract says with our own custom properties; defaults where it is silent."""

    time: str = ""
    clock: Clock = Clock.UTC
    touchpoint: str = ""
    watermark: str = ""
    late: timedelta = LATE
    dimensions: tuple[str, ...] = ()
    max_quarantine_share: float = QUARANTINE_SHARE
    is_sparse: bool = False
    max_feed_quarantine_share: float = QUARANTINE_SHARE
    freshness_days: Weekdays = Weekdays.EVERY_DAY
    scale_factor: float = SCALE_FACTOR
    control: Control | None = None
    sunset: date | None = None
    journey_key: str = ""


def read_house(file: str, properties: Iterable[CustomProperty]) -> tuple[House, list[Problem]]:
    """Return what the custom properties say; a `callboard.*` name that is not ours is a problem."""
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for each in properties:
        name = each.property or ""
        if name in given:
            problems.append(_problem(file, name, "the name twice", "one entry"))
        elif name in HOUSE_KEYS:
            given[name] = each.value
        elif name.startswith("callboard"):
            hint = nearest(name, HOUSE_KEYS)
            problems.append(
                _problem(file, name, "an unknown name", f"one of {', '.join(HOUSE_KEYS)}", hint)
            )
    return _house(given), [*problems, *_wrong_values(file, given)]


def parse_span(text: object) -> timedelta | None:
    """Read "3d", "26h", "90min" or "2w"; None for anything else."""
    match = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    return float(match[1]) * _UNITS[match[2]] if match else None


def parse_freshness(sla: ServiceLevelAgreementProperty) -> timedelta | None:
    """Read the value and unit of a freshness promise; None where they make no positive span."""
    unit = _UNITS.get(sla.unit or "")
    if unit is None or isinstance(sla.value, bool) or not isinstance(sla.value, int | float):
        return None
    return sla.value * unit if sla.value > 0 else None


def _house(given: dict[str, Any]) -> House:
    columns = given.get("callboard.dimensions")
    share = given.get("callboard.maxQuarantineShare", QUARANTINE_SHARE)
    of_feed = given.get("callboard.maxFeedQuarantineShare", QUARANTINE_SHARE)
    days = given.get("callboard.freshnessCalendar", Weekdays.EVERY_DAY)
    factor = given.get("callboard.scaleFactor", SCALE_FACTOR)
    control: Any = given.get("callboard.control")
    time = str(given.get("callboard.time", ""))
    clock = given.get("callboard.clock", Clock.UTC)
    return House(
        time=time,
        clock=Clock(clock) if clock in list(Clock) else Clock.UTC,
        touchpoint=str(given.get("callboard.touchpoint", "")),
        watermark=str(given.get("callboard.watermark", time)),
        late=parse_span(given.get("callboard.late", "3d")) or LATE,
        dimensions=tuple(str(name) for name in columns) if isinstance(columns, list) else (),
        max_quarantine_share=float(share) if _is_share(share) else QUARANTINE_SHARE,
        is_sparse=given.get("callboard.sparse") is True,
        max_feed_quarantine_share=float(of_feed) if _is_share(of_feed) else QUARANTINE_SHARE,
        freshness_days=Weekdays(days) if days in list(Weekdays) else Weekdays.EVERY_DAY,
        scale_factor=float(factor) if _is_factor(factor) else SCALE_FACTOR,
        control=Control(**control) if _is_control(control) else None,
        sunset=read_day(given.get("callboard.sunset")),
        journey_key=str(given.get("callboard.journeyKey", "")),
    )


def _wrong_values(file: str, given: dict[str, Any]) -> list[Problem]:
    tests: dict[str, tuple[Callable[[object], bool], str]] = {
        "callboard.clock": (lambda v: v in list(Clock), f"one of {', '.join(Clock)}"),
        "callboard.late": (lambda v: parse_span(v) is not None, "a span such as 3d or 26h"),
        "callboard.dimensions": (_is_list_of_text, "a list of column names"),
        "callboard.maxQuarantineShare": (_is_share, "a share between 0 and 1"),
        "callboard.sparse": (lambda v: isinstance(v, bool), "true or false"),
        "callboard.maxFeedQuarantineShare": (_is_share, "a share between 0 and 1"),
        "callboard.freshnessCalendar": (
            lambda v: v in list(Weekdays),
            f"one of {', '.join(Weekdays)}",
        ),
        "callboard.scaleFactor": (_is_factor, "a number above 1"),
        "callboard.control": (_is_control, "table, day and rows; touchpoint where it has one"),
        "callboard.sunset": (lambda v: read_day(v) is not None, 'a day such as "2027-03-31"'),
        "callboard.time": (_is_text, "the name of a column"),
        "callboard.touchpoint": (_is_text, "the name of a column"),
        "callboard.watermark": (_is_text, "the name of a column"),
        "callboard.journeyKey": (_is_text, "the name of a column"),
    }
    return [
        _problem(file, name, repr(value), tests[name][1])
        for name, value in given.items()
        if not tests[name][0](value)
    ]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(each) for each in value)


def _is_factor(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return 1 < value < math.inf


def _is_control(value: object) -> bool:
    if not isinstance(value, dict) or not all(_is_text(each) for each in value.values()):
        return False
    return _CONTROL <= value.keys() <= _CONTROL | {"touchpoint"}


def _is_share(value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return 0 <= value <= 1


def _problem(file: str, name: str, found: str, expected: str, suggestion: str = "") -> Problem:
    return Problem(
        file=file,
        key=f"customProperties.{name}",
        found=found,
        expected=expected,
        suggestion=suggestion,
    )
