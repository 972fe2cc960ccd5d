from datetime import date

from sqlalchemy import Engine

from callboard.storage.engine import snapshot, write
from callboard.storage.parts import PartRow, read_parts, replace_parts

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def part(day: date, amount: float, touchpoint: str = "shop") -> PartRow:
    return PartRow(touchpoint, "", "", day, amount, 1)


def test_the_two_sides_are_kept_apart(store: Engine) -> None:
    with write(store) as conn:
        for side, amount in (("numerator", 3.0), ("denominator", 70.0)):
            replace_parts(
                conn, metric="trir", part=side, days=[MONDAY], rows=[part(MONDAY, amount)]
            )
    with snapshot(store) as conn:
        found = read_parts(conn, metric="trir", days=[MONDAY, TUESDAY])
    assert {"numerator": (part(MONDAY, 3.0),), "denominator": (part(MONDAY, 70.0),)} == found


def test_replacing_a_day_of_one_side_leaves_all_else(store: Engine) -> None:
    with write(store) as conn:
        for side in ("numerator", "denominator"):
            rows = [part(MONDAY, 1.0), part(TUESDAY, 2.0)]
            replace_parts(conn, metric="trir", part=side, days=[MONDAY, TUESDAY], rows=rows)
        replace_parts(
            conn, metric="trir", part="numerator", days=[TUESDAY], rows=[part(TUESDAY, 9.0, "desk")]
        )
    with snapshot(store) as conn:
        found = read_parts(conn, metric="trir", days=[MONDAY, TUESDAY])
    assert (part(MONDAY, 1.0), part(TUESDAY, 9.0, "desk")) == found["numerator"]
    assert (part(MONDAY, 1.0), part(TUESDAY, 2.0)) == found["denominator"]


def test_a_metric_without_parts_has_two_empty_sides(store: Engine) -> None:
    with snapshot(store) as conn:
        assert {"numerator": (), "denominator": ()} == read_parts(conn, metric="x", days=[MONDAY])
