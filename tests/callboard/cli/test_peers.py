"""`callboard peers`: our place among the peers of a file, from outside the dashboard."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.callboard.cli.calling import Answer, call

COUNTS = {
    "Alder": (480, 500),
    "Birch": (9, 9),
    "We": (850, 1000),
    "Cedar": (1600, 2000),
    "Dogwood": (700, 1000),
    "Elm": (300, 600),
    "Fir": (400, 1000),
    "Gorse": (85, 100),
}
ROWS = [(name, *counts) for name, counts in COUNTS.items()]
VALUES = [x / n for x, n in COUNTS.values()]
COLUMNS = [
    *("entity", "numerator", "denominator", "value", "lower", "upper"),
    *("rank", "rank_lower", "rank_upper", "of", "percentile", "quartile"),
    *("is_self", "in_achievable", "gap", "gap_lower", "gap_upper", "gap_word"),
    *("expected", "ratio", "crude_value", "crude_rank"),
    *(
        column
        for against in ("achievable", "best", "best_large", "median", "rest")
        for column in (
            against,
            *(f"gap_to_{against}{part}" for part in ("", "_lower", "_upper", "_word")),
        )
    ),
]


def write(folder: Path, rows: list[tuple[object, ...]], header: str = "") -> Path:
    path = folder / "peers.csv"
    lines = [
        header or "entity,numerator,denominator",
        *(",".join("" if cell is None else str(cell) for cell in row) for row in rows),
    ]
    path.write_text("\n".join(lines))
    return path


def ask(path: Path, *options: str, ourselves: str = "We", better: str = "higher") -> Answer:
    return call("peers", path, "--self", ourselves, "--better", better, *options)


def rows_of(answer: Answer) -> dict[str, dict[str, str]]:
    return {row["entity"]: row for row in csv.DictReader(io.StringIO(answer.data))}


def test_every_entity_comes_in_the_order_of_the_file_with_all_columns(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, ROWS), "--format", "csv")
    rows = rows_of(answer)
    assert (0, COLUMNS, list(COUNTS)) == (answer.code, list(rows["We"]), list(rows))


def test_ranks_percentiles_and_quartiles_are_those_of_scipy_and_numpy(tmp_path: Path) -> None:
    rows = rows_of(ask(write(tmp_path, ROWS), "--format", "csv"))
    ranks = stats.rankdata([-value for value in VALUES], method="min").astype(int)
    cuts = np.quantile(VALUES, [0.75, 0.5, 0.25])
    for (name, row), rank, value in zip(rows.items(), ranks, VALUES, strict=True):
        assert (str(rank), "8", str(1 + sum(value < cut for cut in cuts))) == (
            row["rank"],
            row["of"],
            row["quartile"],
        ), name
        assert stats.percentileofscore(VALUES, value, kind="mean") == pytest.approx(
            float(row["percentile"])
        )


def test_values_and_their_intervals_are_wilsons_in_full_precision(tmp_path: Path) -> None:
    rows = rows_of(ask(write(tmp_path, ROWS), "--format", "csv", "--per", "100"))
    for name, (x, n) in COUNTS.items():
        interval = [100 * each for each in proportion_confint(x, n, method="wilson")]
        found = [float(rows[name][column]) for column in ("value", "lower", "upper")]
        assert [100 * x / n, *interval] == pytest.approx(found, abs=1e-9)


def test_our_gap_to_each_is_newcombes_and_says_so_in_a_word(tmp_path: Path) -> None:
    rows = rows_of(ask(write(tmp_path, ROWS), "--format", "csv"))
    for name, (x, n) in COUNTS.items():
        if name == "We":
            continue
        low, high = confint_proportions_2indep(850, 1000, x, n, method="newcomb")
        found = [float(rows[name][column]) for column in ("gap_lower", "gap_upper")]
        assert [low, high] == pytest.approx(found, abs=1e-9)
        word = "no_clear_difference" if low <= 0 <= high else "ahead" if low > 0 else "behind"
        assert word == rows[name]["gap_word"]


def test_our_row_holds_the_gaps_to_all_benchmarks_and_no_other_row_does(tmp_path: Path) -> None:
    rows = rows_of(ask(write(tmp_path, ROWS), "--format", "csv"))
    rest = [counts for name, counts in COUNTS.items() if name != "We"]
    others = [x / n for x, n in rest]
    expected = {
        # by (x + 1) / (n + 2): Alder .958, Birch .909, We .849; a tenth of 6,209 is 621 cases
        "achievable": (480 + 9 + 850) / (500 + 9 + 1000),
        "best": 1.0,
        "best_large": 0.96,
        "median": float(np.median(others)),
        "rest": sum(x for x, _ in rest) / sum(n for _, n in rest),
    }
    found = {name: float(rows["We"][name]) for name in expected}
    assert expected == pytest.approx(found)
    assert {name: 0.85 - value for name, value in expected.items()} == pytest.approx(
        {name: float(rows["We"][f"gap_to_{name}"]) for name in expected}
    )
    assert {""} == {
        row[name] for row in rows.values() if row["entity"] != "We" for name in expected
    }
    assert ["Alder", "Birch", "We"] == [
        name for name, row in rows.items() if row["in_achievable"] == "true"
    ]


def test_lower_is_better_turns_ranks_and_signs(tmp_path: Path) -> None:
    rows = rows_of(ask(write(tmp_path, ROWS), "--format", "csv", better="lower"))
    assert ("1", "8") == (rows["Fir"]["rank"], rows["Birch"]["rank"])
    assert float(rows["Fir"]["gap"]) == pytest.approx(0.4 - 0.85)
    assert "behind" == rows["Fir"]["gap_word"]


def test_the_order_of_the_file_changes_nothing_but_the_order(tmp_path: Path) -> None:
    one = rows_of(ask(write(tmp_path, ROWS), "--format", "csv"))
    other = rows_of(ask(write(tmp_path, ROWS[::-1]), "--format", "csv"))
    assert (one, list(one)) == (other, list(other)[::-1])


def test_what_was_not_published_has_no_rank_and_is_not_zero(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, [*ROWS, ("Silent", None, None)]), "--format", "csv")
    silent = rows_of(answer)["Silent"]
    assert ("", "", "8") == (silent["value"], silent["rank"], silent["of"])
    assert (
        "Not published, and not counted as zero: Silent. 8 of 9 are ranked (89 %)." in answer.talk
    )


def test_three_have_ranks_and_gaps_alone_and_it_says_so(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, ROWS[:3]), "--format", "csv")
    ours = rows_of(answer)["We"]
    assert ("3", "", "") == (ours["rank"], ours["quartile"], ours["percentile"])
    assert "3 are too few for a quartile or percentile" in answer.talk


def test_events_in_an_exposure_are_a_rate(tmp_path: Path) -> None:
    path = write(tmp_path, [("We", 12, 4.5), ("They", 30, 20), ("None", 0, 0.01)])
    assert 1 == ask(path, better="lower").code
    rows = rows_of(ask(path, "--kind", "rate", "--format", "csv", better="lower"))
    assert ["3", "2", "1"] == [row["rank"] for row in rows.values()]
    assert "false" == rows["None"]["in_achievable"]


def test_json_has_the_same_rows_with_types(tmp_path: Path) -> None:
    found = json.loads(ask(write(tmp_path, ROWS), "--format", "json").data)
    ours = next(row for row in found if row["is_self"])
    assert (COLUMNS, 850, 3, 2) == (list(ours), ours["numerator"], ours["rank"], ours["quartile"])
    assert None is ours["gap"]


def test_people_get_the_entities_and_our_gaps_below_them(tmp_path: Path) -> None:
    told = ask(write(tmp_path, ROWS)).data
    assert all(word in told for word in ("Dogwood", "against", "achievable", "made_of"))
    assert "crude_rank" not in told


def test_the_case_mix_is_allowed_for_and_the_plain_values_stand_beside(tmp_path: Path) -> None:
    cells = [
        *(("We", "easy", 90, 100), ("We", "hard", 300, 600)),
        *(("They", "easy", 540, 600), ("They", "hard", 40, 100)),
    ]
    path = write(tmp_path, cells, "entity,kind_of_case,numerator,denominator")
    rows = rows_of(ask(path, "--strata", "kind_of_case", "--format", "csv"))
    expected = 90 + 600 * 340 / 700
    assert [390, 700, expected, 390 / expected, 390 / 700] == pytest.approx(
        [
            float(rows["We"][name])
            for name in ("numerator", "denominator", "expected", "ratio", "crude_value")
        ]
    )
    assert 390 / expected * 970 / 1400 == pytest.approx(float(rows["We"]["value"]))
    assert ("1", "2") == (rows["We"]["rank"], rows["We"]["crude_rank"])
    assert "crude_rank" in ask(path, "--strata", "kind_of_case").data


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    path = write(tmp_path, ROWS, "airline,on_time,arrived")
    named = ("--entity", "airline", "--numerator", "on_time", "--denominator", "arrived")
    assert 0 == ask(path, *named).code
    assert "--entity" in ask(path).talk


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("We", 1, 2), ("b", 1, 2), ("We", 2, 3)], "rows 2, 4, column entity: an entity that is"),
        ([("We", 1, 2), ("b", 3, 2)], "row 3, column numerator: a numerator larger than its"),
        ([("We", 1, 0)], "row 2, column denominator: a denominator that is not above zero"),
        ([("We", -1, 5)], "row 2, column numerator: a negative numerator"),
        ([("We", "x", 5)], "row 2, column numerator: found 'x', expected a number"),
        ([("", 1, 5)], "row 2, column entity: found nothing"),
        ([("b", 1, 5)], "--self is 'We', but no entity is called that."),
        ([("We", None, 5), ("b", 1, 2)], "'We' has no counts, so it has no rank."),
    ],
    ids=["twice", "more than all", "nothing", "negative", "text", "nameless", "not us", "silent"],
)
def test_a_file_that_cannot_be_ranked_is_refused_with_the_row(
    tmp_path: Path, rows: list[tuple[object, ...]], said: str
) -> None:
    answer = ask(write(tmp_path, rows))
    assert (1, "") == (answer.code, answer.data)
    assert said in answer.talk


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("We", "a", 1, 2), ("We", "a", 1, 2)], "an entity that is twice in one stratum"),
        ([("We", "a", None, 2)], "row 2, column numerator: an empty count"),
        ([("We", "a", 0, 2), ("They", "b", 1, 2)], "nothing is expected of We"),
    ],
    ids=["twice", "empty", "nothing expected"],
)
def test_strata_that_cannot_be_counted_are_refused(
    tmp_path: Path, cells: list[tuple[object, ...]], said: str
) -> None:
    path = write(tmp_path, cells, "entity,stratum,numerator,denominator")
    answer = ask(path, "--strata", "stratum")
    assert (1, "") == (answer.code, answer.data)
    assert said in answer.talk


def test_a_name_that_is_nearly_there_is_suggested(tmp_path: Path) -> None:
    assert "Did you mean 'Alder'?" in ask(write(tmp_path, ROWS), ourselves="Aldr").talk


def test_a_ranking_needs_a_direction_and_us(tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    assert 2 == call("peers", path, "--self", "We").code
    assert 2 == call("peers", path, "--better", "higher").code


@pytest.mark.parametrize("column", [1, 2])
def test_a_count_that_no_computer_keeps_whole_is_refused(tmp_path: Path, column: int) -> None:
    huge = ["We", 1, 1e16]
    huge[column] = 2e16
    answer = ask(write(tmp_path, [tuple(huge), ("Alder", 1, 3)]), "--kind", "rate")
    assert "more than 10 to the power of 15. Expected a count" in answer.talk


def test_one_alone_is_told_in_the_singular(tmp_path: Path) -> None:
    assert "1 is too few for a quartile" in ask(write(tmp_path, [("We", 1, 3)])).talk
