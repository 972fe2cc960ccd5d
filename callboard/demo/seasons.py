"""How busy a day is: weekday, season of the year, growth. Shares and times have no season."""

from datetime import date
from math import cos, exp, pi

_GROWTH_A_YEAR = 0.06
_ORIGIN = date(2025, 1, 1)

OFFICE = (1.2, 1.15, 1.1, 1.05, 1.05, 0.55, 0.4)
SHOP = (0.9, 0.9, 0.95, 1.0, 1.1, 1.3, 0.85)
ALWAYS = (1.03, 1.0, 1.0, 1.0, 1.02, 1.0, 0.95)
WORKDAYS = (1.45, 1.4, 1.4, 1.35, 1.2, 0.15, 0.05)

OFFICE_HOURS = (0,) * 8 + (5, 8, 9, 9, 7, 7, 8, 8, 7, 5, 3, 2) + (0,) * 4
SHOP_HOURS = (0,) * 9 + (4, 6, 8, 10, 10, 9, 9, 8, 7, 4) + (0,) * 5
WEB_HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 5, 6, 7, 7, 8, 8, 7, 7, 7, 8, 9, 11, 12, 11, 8, 4)
DROP_HOURS = (0,) * 9 + (4, 6, 7, 7, 6, 6, 7, 7, 7, 6, 4, 2) + (0,) * 3
SHIFT_HOURS = (1, 1, 1, 1, 1, 2, 5, 6, 6, 6, 6, 5, 5, 5, 6, 6, 5, 5, 4, 4, 3, 3, 2, 1)


def busyness(day: date, weekday: tuple[float, ...]) -> float:
    """Return how many times an ordinary day's volume `day` brings."""
    of_year = day.timetuple().tm_yday
    wave = 1 + 0.06 * cos(2 * pi * (of_year - 350) / 365.25)
    peak = 0.45 * exp(-(((of_year - 346) / 13) ** 2))
    growth = exp(_GROWTH_A_YEAR * (day - _ORIGIN).days / 365.25)
    return weekday[day.weekday()] * (wave + peak) * growth
