"""Files as publishers make them, judged with what an analyst said about them."""

import pytest

from data_contracts.benchmarks import FileReport, Known, KnownMetric, judge_file
from data_contracts.importing.answers import Answers, ColumnAnswer, Edit, ValueAnswer
from data_contracts.importing.questions import ClockStyle, DayOrder, Decimal, Question, Scale
from data_contracts.parsing import Limits
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN, NOW, counts, reasons, row, table

EUROPEAN = (
    "Company;Measure name;Wert;Units;Zeitraum\n"
    "Alder Post;asa;1.234;s;Q4 2015\n"
    "Birch Mail;asa;2.500;s;Q4 2015\n"
)
COLUMNS = (
    ColumnAnswer(header="Measure name", field="metric"),
    ColumnAnswer(header="Wert", field="value"),
    ColumnAnswer(header="Zeitraum", field="period"),
)
CONSTANTS = {"statistic": "value", "source_name": "Report"}


def _judge(content: str, answers: Answers | None = None, known: Known = KNOWN) -> FileReport:
    return judge_file(
        content.encode(),
        contract=CONTRACT,
        known=known,
        limits=Limits(),
        now=NOW,
        answers=answers or Answers(),
    )


def _with(column: ColumnAnswer) -> tuple[ColumnAnswer, ...]:
    return tuple(column if each.header == column.header else each for each in COLUMNS)


def _periods(report: FileReport) -> list[str]:
    ends = zip(report.rows["period_start"], report.rows["period_end"], strict=True)
    return [f"{start:%Y-%m-%d}/{end:%Y-%m-%d}" for start, end in ends]


def test_numbers_that_fit_two_ways_wait_and_are_asked_about_once() -> None:
    report = _judge(EUROPEAN, Answers(columns=COLUMNS, constants=CONSTANTS))
    (asked,) = report.asked
    assert (2, 0, 2, 0) == counts(report)
    assert (Question.DECIMAL, "Wert", 2) == (asked.question, asked.header, asked.rows)
    assert ("1.234", "1.234", "1,234") == asked.samples[0]


@pytest.mark.parametrize(
    ("decimal", "values"), [(Decimal.COMMA, [1234.0, 2500.0]), (Decimal.POINT, [1.234, 2.5])]
)
def test_the_stated_decimal_sign_publishes_what_waited(decimal: Decimal, values: list) -> None:
    columns = _with(ColumnAnswer(header="Wert", field="value", decimal=decimal))
    report = _judge(EUROPEAN, Answers(columns=columns, constants=CONSTANTS))
    assert (values, ()) == (list(report.rows["value"]), report.asked)
    assert ["2015-10-01/2015-12-31"] * 2 == _periods(report)


def test_without_answers_other_headers_refuse_the_file_and_are_proposed() -> None:
    report = _judge(EUROPEAN)
    assert "metric" in report.mapping.missing
    proposed = {each.header: each.field for each in report.mapping.columns}
    assert ("metric", "value", "period") == tuple(
        proposed[each] for each in ("Measure name", "Wert", "Zeitraum")
    )
    (metric,) = (each for each in report.refusals if each.column == "metric")
    assert "Column 'Measure name' may be metric" in metric.suggestion


AQR = (
    "Company,Year,Month,On-time (%),Rank,Country\n"
    "Alder Post,2025,1,81.5,1,US\n"
    "Birch Mail,2025,Feb,79.0%,2,US\n"
)


def test_year_and_month_are_the_period_and_the_header_says_the_unit() -> None:
    columns = (
        ColumnAnswer(header="Year", field="year"),
        ColumnAnswer(header="Month", field="month"),
        ColumnAnswer(header="On-time (%)", field="value"),
        ColumnAnswer(header="Rank", field=""),
    )
    constants = CONSTANTS | {"metric": "fcr"}
    report = _judge(AQR, Answers(columns=columns, constants=constants))
    assert [81.5, 79.0] == list(report.rows["value"])
    assert {"percent"} == set(report.rows["unit"])
    assert ["2025-01-01/2025-01-31", "2025-02-01/2025-02-28"] == _periods(report)
    assert ("Rank",) == report.mapping.ignored
    assert ["tidied"] == reasons(report)


CALLS = (
    "Metric,Statistic,Result,Period\n"
    "Average speed of answer,Average,28 sec,2024\n"
    "Average speed of answer,Maximum,0:01:28,2024\n"
    "Average speed of answer,Minimum,05:30,2024\n"
    "First contact resolution,Average,80/20,2024\n"
    "First contact resolution,Median,91% (+2),2024\n"
    "Abandonment rate,Median,<5,2024\n"
)
CALL_COLUMNS = (
    ColumnAnswer(header="Metric", field="metric"),
    ColumnAnswer(header="Statistic", field="statistic"),
    ColumnAnswer(header="Result", field="value"),
    ColumnAnswer(header="Period", field="period"),
)
CALL_CONSTANTS = {
    "entity": "Call centres",
    "entity_type": "industry",
    "source_name": "Report",
    "unit": "metric",
}


def test_durations_pairs_and_signs_behind_numbers_are_read() -> None:
    report = _judge(CALLS, Answers(columns=CALL_COLUMNS, constants=CALL_CONSTANTS))
    assert [28.0, 88.0, 80.0, 91.0] == list(report.rows["value"])
    assert ["seconds", "seconds", "percent", "percent"] == list(report.rows["unit"])
    assert ["threshold 20 s", "(+2)"] == list(report.rows["note"])[2:]
    assert ["wrong_type"] == reasons(report, 4)
    assert ["trailing_text", "trailing_text"] == reasons(report, 5) + reasons(report, 6)
    assert ["missing"] == reasons(report, 7)


@pytest.mark.parametrize(
    ("clock", "seconds"), [(ClockStyle.MINUTES, 330.0), (ClockStyle.HOURS, 19800.0)]
)
def test_a_stated_clock_publishes_what_waited_and_nothing_else(
    clock: ClockStyle, seconds: float
) -> None:
    plain = _judge(CALLS, Answers(columns=CALL_COLUMNS, constants=CALL_CONSTANTS))
    (asked,) = plain.asked
    assert (Question.CLOCK, 1, ("05:30", "5 min 30 s", "5 h 30 min")) == (
        asked.question,
        asked.rows,
        asked.samples[0],
    )
    said = ColumnAnswer(header="Result", field="value", clock=clock)
    columns = (*CALL_COLUMNS[:2], said, CALL_COLUMNS[3])
    report = _judge(CALLS, Answers(columns=columns, constants=CALL_CONSTANTS))
    assert [28.0, 88.0, seconds, 80.0, 91.0] == list(report.rows["value"])


def test_a_duration_beside_another_unit_is_a_conflict() -> None:
    report = _judge(table(row(value="28 sec"), row(kpi_code="asa", unit="min", value="30 s")))
    assert (["unit_conflict"], [0.5]) == (reasons(report, 2), list(report.rows["value"]))


def test_days_of_business_hours_are_not_a_number_of_hours() -> None:
    cells = {"kpi_code": "asa", "unit": "hours", "value": "1d 3h"}
    report = _judge(table(row(**cells, clock="business"), row(**cells, clock="calendar")))
    assert (["unit_conflict"], [27.0]) == (reasons(report, 2), list(report.rows["value"]))


def test_a_word_for_a_period_means_what_was_said() -> None:
    content = EUROPEAN.replace("Q4 2015", "P7").replace("1.234", "12").replace("2.500", "13")
    said = (ValueAnswer(field="period", word="p7", means="2025-09-14/2025-10-11"),)
    before = _judge(content, Answers(columns=COLUMNS, constants=CONSTANTS))
    after = _judge(content, Answers(columns=COLUMNS, constants=CONSTANTS, values=said))
    assert [("period", "P7", "", 2)] == [
        (each.field, each.word, each.means, each.rows) for each in before.mapping.values
    ]
    assert (0, ["2025-09-14/2025-10-11"] * 2) == (before.published, _periods(after))


def test_misspelt_names_have_their_one_close_name_as_a_suggestion() -> None:
    rows = [row(entity=each) for each in ("Alder Pst", "Brich Mail", "Quince")]
    matches = _judge(table(*rows)).mapping.values
    assert [("Alder Pst", "Alder Post"), ("Brich Mail", "Birch Mail"), ("Quince", "")] == [
        (each.word, each.means) for each in matches
    ]


def test_a_word_that_was_said_is_published_under_its_name() -> None:
    said = (ValueAnswer(field="entity", word="alder pst", means="Alder Post"),)
    report = _judge(table(row(entity="Alder Pst")), Answers(values=said))
    assert (["Alder Post"], True) == (
        list(report.rows["entity"]),
        report.mapping.values[0].is_answered,
    )


def test_rows_that_were_left_out_are_kept_out_and_counted() -> None:
    said = (ValueAnswer(field="entity", word="Our company", means=""),)
    report = _judge(table(row(), row(entity="Our company")), Answers(values=said))
    assert (2, 1, 1, 0) == counts(report)
    (found,) = report.findings
    assert (3, "not_allowed", True) == (
        found.row,
        found.reason,
        "left out by you" in found.expected,
    )


def test_an_edit_puts_one_cell_right() -> None:
    edits = (Edit(line=3, column="VALUE", becomes="6.5"),)
    rows = table(row(), row(entity="Birch Mail", value="6,5 about"))
    assert [5.5, 6.5] == list(_judge(rows, Answers(edits=edits)).rows["value"])


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (Edit(line=9, column="value", becomes="1"), "no row on line 9, which an edit names"),
        (Edit(line=2, column="vlue", becomes="1"), "no column 'vlue', which an edit names"),
    ],
)
def test_an_edit_of_a_cell_that_is_not_there_refuses_the_file(edit: Edit, found: str) -> None:
    assert [found] == [each.found for each in _judge(table(row()), Answers(edits=(edit,))).refusals]


def test_a_constant_against_a_filled_cell_refuses_the_file() -> None:
    content = table(row(region=""), row(entity="Birch Mail", region="Spain"))
    (found,) = _judge(content, Answers(constants={"region": "France"})).refusals
    assert (3, "region", "'Spain' in 1 of 2 rows") == (found.row, found.column, found.found)


def test_a_constant_fills_the_empty_cells() -> None:
    content = table(row(region=""), row(entity="Birch Mail", region="france"))
    report = _judge(content, Answers(constants={"region": "France"}))
    assert ["France", "France"] == list(report.rows["region"])


@pytest.mark.parametrize(
    ("order", "day"), [(DayOrder.DAY_FIRST, "2026-04-03"), (DayOrder.MONTH_FIRST, "2026-03-04")]
)
@pytest.mark.parametrize("cell", ["03/04/2026", "03/04/26"])
def test_a_stated_order_of_day_and_month_publishes_what_waited(
    order: DayOrder, day: str, cell: str
) -> None:
    content = table(row(period_start="", period_end=cell))
    (asked,) = _judge(content).asked
    assert (Question.DAY_ORDER, "period_end", 1) == (asked.question, asked.field, asked.rows)
    said = ColumnAnswer(header="period_end", field="period_end", day_order=order)
    report = _judge(content, Answers(columns=(said,)))
    assert [day] == [f"{each:%Y-%m-%d}" for each in report.rows["period_end"]]


def test_a_financial_year_needs_the_month_it_begins_with() -> None:
    content = table(row(period_start="FY24", period_end="FY24"))
    asked = {(each.question, each.field, each.rows) for each in _judge(content).asked}
    assert {(Question.FISCAL, "period_start", 1), (Question.FISCAL, "period_end", 1)} == asked
    columns = tuple(
        ColumnAnswer(header=each, field=each, fiscal_from=4)
        for each in ("period_start", "period_end")
    )
    assert ["2023-04-01/2024-03-31"] == _periods(_judge(content, Answers(columns=columns)))


def test_a_year_that_may_be_a_month_waits_beside_one_that_cannot() -> None:
    years = ("2011/12", "2012/13")
    report = _judge(table(*(row(period_start="", period_end=each) for each in years)))
    assert (0, 2) == (report.published, report.asked[0].rows)


def test_shares_are_multiplied_only_where_a_person_says_so() -> None:
    content = table(
        row(kpi_code="fcr", value="93"), row(kpi_code="fcr", entity="Birch Mail", value="0.81")
    )
    before = _judge(content)
    (asked,) = before.asked
    assert (Question.SHARE, 1, ("0.81", "0.81 %", "81 %")) == (
        asked.question,
        asked.rows,
        asked.samples[0],
    )
    published = {
        scale: list(_judge(content, Answers(columns=(said,))).rows["value"])
        for scale in Scale
        if (said := ColumnAnswer(header="value", field="value", scale=scale))
    }
    assert {Scale.SHARE: [93.0, 81.0], Scale.PERCENT: [93.0, 0.81]} == published
    assert [93.0] == list(before.rows["value"])


def test_a_quarantined_row_is_kept_as_it_came() -> None:
    content = table(row(kpi_code="asa", unit="s", value="28 sec", entity_type="odd", note="n"))
    (raw,) = _judge(content).raw.values()
    assert ('"value": "28 sec"' in raw, '"28"' in raw) == (True, False)


def test_a_field_or_header_that_is_not_there_is_told_with_the_nearest() -> None:
    columns = (ColumnAnswer(header="vlaue", field="value"), ColumnAnswer(header="per", field="pre"))
    report = _judge(table(row()), Answers(columns=columns))
    assert {"Did you mean 'value'?", "Did you mean 'per'?"} <= {
        each.suggestion for each in report.refusals
    }


def test_the_names_of_metrics_say_their_units() -> None:
    known = Known(metrics=(KnownMetric(code="bags", names=("Mishandled bags",), unit="per"),))
    content = "entity,metric,value,span\nAlder Post,Mishandled bags /1000,5.57,2019\n"
    said = (ValueAnswer(field="metric", word="Mishandled bags /1000", means="bags"),)
    columns = (ColumnAnswer(header="span", field="period"),)
    answers = Answers(columns=columns, constants=CONSTANTS, values=said)
    before = _judge(content, Answers(columns=columns, constants=CONSTANTS), known)
    (match,) = (each for each in before.mapping.values if each.field == "metric")
    assert ("bags", "its name, with the unit /1000") == (match.means, match.evidence)
    report = _judge(content, answers, known)
    assert [("per", 1000)] == list(zip(report.rows["unit"], report.rows["per"], strict=True))
