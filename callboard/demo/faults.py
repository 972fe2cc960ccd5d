"""What breaks a contract, as real feeds have it: a few rows, and numbers in another unit."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from callboard.demo.story import Dirt, Fault, Jump

_PLANT: dict[Fault, tuple[str, object]] = {
    Fault.NEGATIVE_WAIT: ("wait_seconds", -45.0),
    Fault.UNKNOWN_TOUCHPOINT: ("touchpoint", "pier_kiosk"),
    Fault.DELIVERED_BEFORE_ORDERED: ("delivered_at", "2001-01-01 09:00:00"),
    Fault.TEXT_IN_NUMBER: ("", "about 5 min"),
    Fault.DATE_IN_FUTURE: ("", ""),
    Fault.SCORE_OFF_SCALE: ("score", 9),
}
_NUMBERS = {
    "contacts": "handle_seconds",
    "deliveries": "units",
    "web_vitals": "lcp_seconds",
    "internal_requests": "hours_to_close",
}
_TIMES = {
    "contacts": "created_at",
    "web_vitals": "viewed_at",
    "survey_answers": "answered_at",
    "internal_requests": "created_at",
}


def plant_faults(
    columns: dict[str, list[object]], numbers: Sequence[int], dirt: Iterable[Dirt]
) -> None:
    """Break the first rows of a day in place, each dirt its own rows.

    `numbers` are the places in the whole day of the rows that `columns` hold.
    """
    start = 0
    for each in dirt:
        chosen = range(start, start + each.rows)
        for row, number in enumerate(numbers):
            if number in chosen:
                _break(columns, row, each)
        start += each.rows


def jump(columns: dict[str, list[object]], jumps: Iterable[Jump]) -> None:
    """Tell a touchpoint's numbers of a day in another unit, in place, to a hundredth."""
    for each in jumps:
        told = zip(columns["touchpoint"], columns[each.column], strict=True)
        columns[each.column] = [
            round(number / each.divide_by, 2)
            if place == each.touchpoint and isinstance(number, int | float)
            else number
            for place, number in told
        ]


def _break(columns: dict[str, list[object]], row: int, dirt: Dirt) -> None:
    column, value = _broken(dirt)
    if dirt.fault is Fault.SCORE_OFF_SCALE:
        columns["survey"][row] = "csat"
    if dirt.fault is Fault.DATE_IN_FUTURE:
        value = _a_year_on(columns[column][row])
    columns[column][row] = value


def _broken(dirt: Dirt) -> tuple[str, object]:
    column, value = _PLANT[dirt.fault]
    if dirt.fault is Fault.TEXT_IN_NUMBER:
        return _NUMBERS[dirt.feed], value
    if dirt.fault is Fault.DATE_IN_FUTURE:
        return _TIMES[dirt.feed], value
    return column, value


def _a_year_on(text: object) -> str:
    """The moment with its year mistyped by one."""
    day = date.fromisoformat(str(text)[:10])
    return f"{day + timedelta(days=365)}{str(text)[10:]}"
