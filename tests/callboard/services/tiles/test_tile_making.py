"""What a tile says a value was made of."""

import pytest

from callboard.services.readings.series import Status
from callboard.services.tiles.comparisons import Reading
from callboard.services.tiles.tile_making import counted
from metrics.catalogue import load_catalogue
from metrics.value import Parts

LIBRARY = load_catalogue().metrics


@pytest.mark.parametrize(
    ("expected", "code", "parts"),
    [
        ("n = 1,204", "otd", Parts(numerator=1100, denominator=1204, n=1204)),
        ("n = 877", "complaints", Parts(numerator=60, denominator=877, n=877)),
        ("3 in 50,126 hours worked", "trir", Parts(numerator=3, denominator=50126.21, n=7)),
        ("163 of 1,430 open items", "backlog_aged", Parts(numerator=163, denominator=1430, n=7)),
        ("n = 7", "trir", Parts(n=7)),
    ],
)
def test_amounts_that_are_divided_are_told_and_not_the_rows_that_held_them(
    expected: str, code: str, parts: Parts
) -> None:
    reading = Reading(value=1.0, status=Status.OK, n=parts.n, sums=parts)
    assert expected == counted(LIBRARY[code], reading)
