"""`callboard funnel`: units of a file compared, from outside the dashboard."""

import csv
import io
import json
from pathlib import Path

import pytest

from metrics.funnel import make_funnel
from metrics.funnel_exact import Kind
from tests.callboard.cli.calling import Answer, call

COLUMNS = [
    *("unit", "numerator", "denominator", "value", "target"),
    *("lower_95", "upper_95", "lower_998", "upper_998", "phi", "tau2", "adjusted"),
    *("outside", "signal"),
]
UNITS = [(f"unit {n}", 800 + 3 * n, 1000 + n) for n in range(11)] + [("far", 300, 600)]


def write(folder: Path, rows: list[tuple[object, ...]], header: str = "") -> Path:
    path = folder / "units.csv"
    lines = [header or "unit,numerator,denominator", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines))
    return path


def rows_of(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data)))


def test_each_unit_comes_with_target_limits_and_finding_in_full_precision(tmp_path: Path) -> None:
    answer = call("funnel", write(tmp_path, UNITS), "--better", "higher", "--format", "csv")
    funnel = make_funnel([x for _, x, _ in UNITS], [n for *_, n in UNITS], kind=Kind.PROPORTION)
    rows = rows_of(answer)
    assert (0, COLUMNS, 12) == (answer.code, list(rows[0]), len(rows))
    assert [name for name, *_ in UNITS] == [row["unit"] for row in rows]
    assert [funnel.target, funnel.phi, funnel.tau2] == [
        float(rows[0][name]) for name in ("target", "phi", "tau2")
    ]
    assert funnel.limits(0.998)[0].tolist() == [float(row["lower_998"]) for row in rows]
    assert funnel.limits(0.95)[1].tolist() == [float(row["upper_95"]) for row in rows]


def test_the_unit_that_stands_apart_is_named_with_its_meaning(tmp_path: Path) -> None:
    rows = rows_of(call("funnel", write(tmp_path, UNITS), "--better", "lower", "--format", "csv"))
    found = {row["unit"]: (row["outside"], row["signal"]) for row in rows}
    assert ("below_998", "improvement") == found["far"]
    assert ("none", "none") == found["unit 3"]


def test_without_a_good_direction_it_is_high_or_low(tmp_path: Path) -> None:
    rows = rows_of(call("funnel", write(tmp_path, UNITS), "--format", "csv"))
    assert "low" == rows[-1]["signal"]


def test_per_tells_values_and_limits_in_percent(tmp_path: Path) -> None:
    path = write(tmp_path, UNITS)
    one, hundred = (
        rows_of(call("funnel", path, "--format", "csv", "--per", per))[0] for per in ("1", "100")
    )
    for name in ("value", "target", "lower_95", "upper_998"):
        assert pytest.approx(100 * float(one[name]), rel=1e-12) == float(hundred[name])
    assert one["phi"] == hundred["phi"]


def test_events_in_an_exposure_are_a_rate(tmp_path: Path) -> None:
    path = write(tmp_path, [(f"u{n}", 10 + n, 4.5 + n / 10) for n in range(6)])
    assert 1 == call("funnel", path).code
    answer = call("funnel", path, "--kind", "rate", "--format", "json")
    assert [10, 4.5] == [json.loads(answer.data)[0][name] for name in ("numerator", "denominator")]


def test_limits_can_be_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, UNITS)
    exact, over = (
        rows_of(call("funnel", path, "--limits", basis, "--format", "csv"))[0]
        for basis in ("exact", "overdispersed")
    )
    assert ("false", "true") == (exact["adjusted"], over["adjusted"])
    assert float(exact["lower_998"]) > float(over["lower_998"])


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    path = write(tmp_path, UNITS, "airline,on_time,arrived")
    named = ("--unit", "airline", "--numerator", "on_time", "--denominator", "arrived")
    assert 0 == call("funnel", path, *named).code
    assert "--unit" in call("funnel", path).talk


def test_four_units_are_no_funnel_and_it_says_so(tmp_path: Path) -> None:
    answer = call("funnel", write(tmp_path, UNITS[:4]), "--format", "csv")
    assert "4 units are too few for a funnel" in answer.talk
    assert ("", "", "") == tuple(
        rows_of(answer)[0][name] for name in ("lower_95", "outside", "adjusted")
    )


def test_it_says_how_many_would_be_outside_by_chance(tmp_path: Path) -> None:
    talk = call("funnel", write(tmp_path, UNITS)).talk
    assert "By chance alone about 0.024 of them would be outside 99.8 %." in talk


def test_systematic_differences_are_called_so(tmp_path: Path) -> None:
    rows = [(f"u{n}", 700_000 + 20_000 * n, 1_000_000) for n in range(12)]
    assert "The differences are systematic" in call("funnel", write(tmp_path, rows)).talk


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("a", 1, 2), ("b", 1, 2), ("a", 2, 3)], "rows 2, 4, column unit: a unit that is there"),
        ([("a", 1, 2), ("b", 3, 2)], "row 3, column numerator: a numerator larger than its"),
        ([("a", 1, 0)], "row 2, column denominator: a denominator that is not above zero"),
        ([("a", -1, 5)], "row 2, column numerator: a negative numerator"),
        ([("a", "x", 5)], "row 2, column numerator: found 'x', expected a number"),
        ([("a", "", 5)], "row 2, column numerator: found nothing"),
        ([("", 1, 5)], "row 2, column unit: found nothing"),
    ],
    ids=["twice", "more than all", "nothing", "negative", "text", "empty", "nameless"],
)
def test_a_row_that_cannot_be_counted_refuses_the_file_with_its_row(
    tmp_path: Path, rows: list[tuple[object, ...]], said: str
) -> None:
    answer = call("funnel", write(tmp_path, rows))
    assert (1, "") == (answer.code, answer.data)
    assert said in answer.talk
