"""`callboard signals` as a newcomer meets it: what it answers, and what it says to mistakes."""

import csv
import io
import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.callboard.cli.calling import call
from tests.metrics import published_method
from tests.metrics.published import NORMAL_20, with_outlier

COLUMNS = (
    "group,date,value,segment,centre,lower,upper,near_lower,near_upper,rule,signal,trial,assurance"
)


@pytest.fixture
def file(tmp_path):
    def write(text, name="calls.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def daily(values, header="date,value", first=date(2026, 1, 1)):
    rows = (
        f"{first + timedelta(days=at)},{'' if value is None else repr(value)}"
        for at, value in enumerate(values)
    )
    return "\n".join((header, *rows)) + "\n"


def rows_of(*arguments):
    answer = call("signals", *arguments)
    assert 0 == answer.code, answer.talk
    return list(csv.DictReader(io.StringIO(answer.data)))


def refusal_of(*arguments, code=1):
    answer = call("signals", *arguments)
    assert (code, "") == (answer.code, answer.data)
    return answer.talk


def test_the_columns_are_those_that_were_promised(file):
    assert COLUMNS == call("signals", file(daily(NORMAL_20))).data.splitlines()[0]


@pytest.mark.parametrize(
    ("profile", "values", "centre", "lower", "upper"),
    [
        ("mdc", NORMAL_20, 0.1416238, -3.01138, 3.294627),
        ("mdc", with_outlier(), 0.6694159, -2.383666, 3.722497),
        ("mdc_excel", with_outlier(), 0.6694159, -4.596625, 5.935457),
    ],
)
def test_the_limits_are_those_of_the_published_snapshots(
    file, profile, values, centre, lower, upper
):
    row = rows_of(file(daily(values)), "--profile", profile)[0]
    told = [float(row[name]) for name in ("centre", "lower", "upper")]
    assert told == pytest.approx([centre, lower, upper], rel=2e-6)


def test_a_number_comes_back_as_it_went_in(file):
    values = [0.1 + 0.2, 1e-17, 12345678.9]
    assert values == [float(row["value"]) for row in rows_of(file(daily(values)))]


def test_groups_keep_the_order_of_the_file_and_dates_are_sorted(file):
    text = "date,value,group\n2026-01-02,1,b\n2026-01-02,2,a\n2026-01-01,3,b\n2026-01-01,4,a\n"
    told = [(row["group"], row["date"]) for row in rows_of(file(text))]
    assert [
        ("b", "2026-01-01"),
        ("b", "2026-01-02"),
        ("a", "2026-01-01"),
        ("a", "2026-01-02"),
    ] == told


def test_a_break_begins_a_segment_with_limits_of_its_own(file):
    breaks = ["break", *("1" if at == 10 else "" for at in range(20))]
    lines = zip(daily(NORMAL_20).splitlines(), breaks, strict=True)
    path = file("".join(f"{line},{each}\n" for line, each in lines))
    rows = rows_of(path, "--break-column", "break", "--profile", "mdc")
    assert ["0"] * 10 + ["1"] * 10 == [row["segment"] for row in rows]
    told = [float(rows[at][name]) for at in (0, 19) for name in ("lower", "centre", "upper")]
    assert told == pytest.approx([-2.60, 0.0746, 2.75, -3.28, 0.209, 3.70], abs=6e-3)


def test_only_the_baseline_makes_the_limits(file):
    path = file(daily([*NORMAL_20[:12], 50.0, 60.0, 70.0]))
    fixed = rows_of(path, "--baseline-points", "12")
    alone = rows_of(file(daily(NORMAL_20[:12]), "first.csv"))
    assert alone[0]["upper"] == fixed[-1]["upper"]
    assert "outside_above" == fixed[-1]["rule"]


@pytest.mark.parametrize(
    ("better", "told"), [("higher", "improvement"), ("lower", "concern"), ("neutral", "high")]
)
def test_a_signal_means_what_is_better(file, better, told):
    path = file(daily([*NORMAL_20, 9.0]))
    assert ["none", told] == [row["signal"] for row in rows_of(path, "--better", better)[-2:]]


def test_without_a_word_on_what_is_better_nothing_is_good_or_bad(file):
    assert "high" == rows_of(file(daily([*NORMAL_20, 9.0])))[-1]["signal"]


def test_a_missing_value_has_no_data_and_in_the_published_profiles_no_cause(file):
    path = file(daily([*NORMAL_20, None, 0.1]))
    assert "no_data" == rows_of(path)[-2]["signal"]
    row = rows_of(path, "--profile", "mdc")[-2]
    assert ("none", "none", "") == (row["rule"], row["signal"], row["value"])
    assert row["centre"]


def test_a_missing_day_becomes_a_row_and_only_in_the_own_profile(file):
    lines = daily(NORMAL_20).splitlines()
    path = file("\n".join((*lines[:8], *lines[9:])) + "\n")
    row = rows_of(path)[7]
    assert ("2026-01-08", "", "no_data") == (row["date"], row["value"], row["signal"])
    assert 19 == len(rows_of(path, "--profile", "mdc")) == len(rows_of(path, "--grain", "none"))
    assert "1 row was missing among the days" in call("signals", path).talk


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        (["2026-01", "2026-02", "2026-04"], "2026-03-01"),
        (["2026-01-31", "2026-02-28", "2026-04-30"], "2026-03-31"),
        (["2026-W01", "2026-W02", "2026-W04"], "2026-01-12"),
        (["2026 Q1", "2026 Q2", "2026 Q4"], "2026-07-01"),
        (["2026-01-05", "2026-01-19", "2026-02-16"], "2026-02-02"),
    ],
)
def test_the_length_of_a_period_is_found_from_the_dates(file, dates, missing):
    path = file("period,value\n" + "".join(f"{day},1\n" for day in dates))
    assert [missing] == [row["date"] for row in rows_of(path) if row["signal"] == "no_data"]


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, month, 13 + month % 4) for month in range(1, 13)],
        [date(2026, month, 28 if month == 2 else 30) for month in range(1, 13)],
        [date(2026, month, 3 if month == 6 else 1) for month in range(1, 13)],
    ],
)
def test_a_row_a_month_on_any_day_is_monthly(file, days):
    text = "".join(f"{day},{day.month}\n" for day in days if day.month != 9)
    rows = rows_of(file("date,value\n" + text))
    assert 12 == len(rows)
    assert ["2026-09"] == [row["date"][:7] for row in rows if row["signal"] == "no_data"]


def test_days_that_hardly_ever_follow_each_other_are_not_filled(file):
    days = [date(2026, 1, 5) + timedelta(days=7 * at + (at == 6)) for at in range(20)]
    answer = call("signals", file("date,value\n" + "".join(f"{day},1\n" for day in days)))
    assert 20 == len(answer.data.splitlines()) - 1
    assert "no gap was filled" in answer.talk


@pytest.mark.parametrize("last", ["9999-12-01", "9999-12-31"])
def test_the_last_month_of_the_calendar_is_one(file, last):
    path = file(f"date,value\n9999-10-{last[-2:]},1\n{last},2\n")
    assert [last] == [row["date"] for row in rows_of(path)][-1:]


def test_working_days_have_no_gaps(file):
    days = [date(2026, 1, 5) + timedelta(days=at) for at in range(26)]
    text = "".join(f"{day},{day.day}\n" for day in days if day.weekday() < 5)
    answer = call("signals", file("date,value\n" + text))
    assert 20 == len(answer.data.splitlines()) - 1
    assert "no gap was filled" in answer.talk


def test_where_too_much_is_missing_nothing_is_concluded(file):
    values = [*NORMAL_20[:12], None, None, None, None, 9.0]
    answer = call("signals", file(daily(values)), "--target", "0", "--better", "higher")
    last = list(csv.DictReader(io.StringIO(answer.data)))[-1]
    assert ("none", "none", "") == (last["rule"], last["signal"], last["assurance"])
    assert "nothing is concluded" in answer.talk


@pytest.mark.parametrize(
    ("target", "better", "told"),
    [
        ("9", "higher", "never"),
        ("-9", "higher", "always"),
        ("9", "lower", "always"),
        ("0", "lower", "sometimes"),
        ("0", "neutral", ""),
    ],
)
@pytest.mark.parametrize("profile", ["callboard", "mdc"])
def test_the_assurance_is_that_of_the_last_limits(file, target, better, told, profile):
    rows = rows_of(
        *(file(daily(NORMAL_20)), "--target", target, "--better", better, "--profile", profile)
    )
    assert {told} == {row["assurance"] for row in rows}


def test_the_last_target_of_a_group_counts(file):
    lines = zip(daily(NORMAL_20).splitlines(), ["goal", *["9"] * 19, "-9"], strict=True)
    path = file("".join(f"{line},{each}\n" for line, each in lines))
    rows = rows_of(path, "--target-column", "goal", "--better", "higher")
    assert {"always"} == {row["assurance"] for row in rows}


def test_a_group_without_a_target_on_its_last_row_has_no_assurance(file):
    lines = zip(daily(NORMAL_20).splitlines(), ["goal", *["9"] * 19, ""], strict=True)
    path = file("".join(f"{line},{each}\n" for line, each in lines))
    rows = rows_of(path, "--target-column", "goal", "--better", "higher", "--profile", "mdc")
    assert {""} == {row["assurance"] for row in rows}


def test_nothing_in_the_column_of_breaks_begins_no_segment(file):
    path = file("date,value,b\n2026-01-01,1,NA\n2026-01-02,2,1\n2026-01-03,3,nan\n")
    assert ["0", "1", "1"] == [row["segment"] for row in rows_of(path, "--break-column", "b")]


def test_limits_beyond_all_numbers_are_infinite_and_in_json_null(file):
    path = file(daily([1e308, -1.7e308, 1e308]))
    told = [row["upper"] for row in rows_of(path, "--profile", "mdc_excel")]
    answer = call("signals", path, "--profile", "mdc_excel", "--format", "json")
    assert (["inf"] * 3, [None] * 3) == (told, [row["upper"] for row in json.loads(answer.data)])
    assert "" == answer.talk


def test_json_has_numbers_and_nothing(file):
    rows = json.loads(call("signals", file(daily([1.5, None])), "--format", "json").data)
    assert (COLUMNS.split(","), 1.5, None, True) == (
        list(rows[0]),
        rows[0]["value"],
        rows[1]["value"],
        rows[0]["trial"],
    )


def test_one_row_has_no_limits_and_in_the_published_profile_a_centre(file):
    path = file(daily([4.5]))
    assert ("", "") == (rows_of(path)[0]["centre"], rows_of(path)[0]["upper"])
    row = rows_of(path, "--profile", "mdc")[0]
    assert ("4.5", "", "true") == (row["centre"], row["upper"], row["trial"])


def test_columns_are_found_where_only_one_fits(file):
    answer = call("signals", file("Month;Calls\n2026-01;1,5\n2026-02;2,5\n"))
    assert ["1.5", "2.5"] == [row["value"] for row in csv.DictReader(io.StringIO(answer.data))]
    assert "Took the column 'Month' as the date and 'Calls' as the value." in answer.talk


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("date,calls\n2026-01-01,1\n", ["--value", "cals"], "Did you mean 'calls'?"),
        ("date,a,b\n2026-01-01,1,2\n", [], "Its columns: date, a, b. Name it with --value."),
        ("a,b\n1,2\n", [], "Name it with --date."),
        ("2026-01-01,1\n2026-01-02,2\n", [], "row 1: found '2026-01-01' where the name of a"),
        ("Datum;Rufe\n01.02.2026;1\n", [], "Is it 2026-01-02 or 2026-02-01?"),
        ("", [], "found 0 bytes without text"),
        ("date,value\n", [], "found a header and no rows"),
        ("date,value\n2026-01-01,many\n", [], "row 2, column value: found 'many'"),
        ("date,value\n31.02.2026,1\n", [], "column date: found '31.02.2026'"),
        ("date,value\n2026-01-01,1\n2026-01-01,2\n", [], "rows 2 and 3, column date"),
        (
            "date,value,group\n2026-01-01,1,N\n2026-01-02,1,N\n2026-01-01,2,N\n",
            [],
            "rows 2 and 4, column date: found 2026-01-01 twice in group 'N'.",
        ),
        (
            "date,value,b\n2026-01-01,1,x\n",
            ["--break-column", "b"],
            "column b: found 'x'. Expected 1 on the first row of a new segment",
        ),
        (
            "date,value\n2026-01-01,1\n2026-01-09,2\n",
            ["--grain", "month"],
            "2026-01-01 and 2026-01-09 are in one month. Expected one row per month.",
        ),
    ],
)
def test_a_mistake_is_told_with_what_to_do(file, text, options, said):
    assert said in refusal_of(file(text), *options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--baseline-points", "11"], "greater than or equal to 12"),
        (["--target", "1", "--target-column", "value"], "give one of them"),
        (["--target", "nan"], "--target nan: expected a finite number"),
        (["--profile", "mdc", "--grain", "day"], "fills no gap"),
        (["--better", "band"], "'higher', 'lower', 'neutral'"),
    ],
)
def test_a_wrong_call_is_told_so(file, options, said):
    assert said in refusal_of(file(daily(NORMAL_20)), *options, code=2)


def test_a_file_that_is_not_there_is_told_so(tmp_path):
    assert "No such file" in refusal_of(tmp_path / "none.csv")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(st.none() | st.integers(-30, 30).map(lambda n: n / 10), min_size=1, max_size=40),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["mdc", "mdc_excel"]),
    st.sampled_from(["higher", "lower", "neutral"]),
)
def test_a_file_of_any_series_is_answered_by_the_letter(file, groups, profile, better):
    lines = ["date,value,group"]
    for name, values in enumerate(groups):
        body = daily(values).splitlines()[1:]
        lines += [f"{line},g{name}" for line in body]
    rows = rows_of(
        *(file("\n".join(lines) + "\n"), "--profile", profile),
        *("--better", better, "--target", "0.5"),
    )
    for name, values in enumerate(groups):
        told = [row for row in rows if row["group"] == f"g{name}"]
        expected = published_method.judge(values, [0] * len(values), screens=profile == "mdc")
        promise = published_method.assurance(expected, target=0.5, better=better)
        for row, want in zip(told, expected, strict=True):
            assert (want.rule, promise) == (row["rule"], row["assurance"])
            assert published_method.signal(want.rule, better) == row["signal"]
            for line in ("centre", "lower", "upper", "near_lower", "near_upper"):
                number = float(row[line]) if row[line] else None
                assert getattr(want, line) == number
        assert np.all([row["trial"] == str(len(values) < 13).lower() for row in told])
