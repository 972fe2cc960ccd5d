"""Publishers' shapes with everything said about them, judged to the values they say."""

from dataclasses import replace

import pytest

from data_contracts.benchmarks import FileReport, KnownMetric, judge_file
from data_contracts.importing.answers import Answers, ColumnAnswer, ValueAnswer
from data_contracts.parsing import Limits
from tests.data_contracts.benchmarks import shapes
from tests.data_contracts.benchmarks.files import CONTRACT, KNOWN, NOW

WORLD = replace(
    KNOWN,
    metrics=(
        *KNOWN.metrics,
        KnownMetric(code="frt", names=(), unit="hours"),
        KnownMetric(code="bags", names=(), unit="per"),
        KnownMetric(code="otd", names=(), unit="percent"),
        KnownMetric(code="csat", names=(), unit="percent"),
        KnownMetric(code="index", names=(), unit="points"),
        KnownMetric(code="trir", names=(), unit="per"),
    ),
)
FROM = {"source_name": "Report"}
INDUSTRY = {"entity_type": "industry", **FROM}


def _judged(shape, fields: dict[str, str], words: dict[str, str], **constants: str) -> FileReport:
    """The shape with its columns, its metrics' words and its constants said."""
    columns = tuple(ColumnAnswer(header=header, field=to) for header, to in fields.items())
    fields_of = dict.fromkeys(("Bottom", "Top", "P50"), "statistic")
    values = tuple(
        ValueAnswer(field=fields_of.get(word, "metric"), word=word, means=means)
        for word, means in words.items()
    )
    said: Answers = replace(
        shape.answers, columns=columns, values=values, constants=constants, new_names=("*",)
    )
    return judge_file(
        shape.content, contract=CONTRACT, known=WORLD, limits=Limits(), now=NOW,
        name=shape.name, answers=said,
    )  # fmt: skip


def _by(report: FileReport, *names: str) -> dict[object, list[float]]:
    """The values by what tells them apart, in the order of the file."""
    found: dict[object, list[float]] = {}
    for key, value in zip(
        zip(*(report.rows[name].astype("object").fillna("") for name in names), strict=True),
        report.rows["value"],
        strict=True,
    ):
        found.setdefault(key if len(key) > 1 else key[0], []).append(value)
    return found


def test_blocks_of_quantiles_are_each_groups_own() -> None:
    report = _judged(
        shapes.apqc(),
        {"Measure name": "metric", "industry": "entity", "N": "sample_size", "Measure ID": ""},
        {"First contact resolution*": "fcr", "Cost per contact": "", "Bottom": "p25", "Top": "p75"},
        period="2024", **INDUSTRY,
    )  # fmt: skip
    assert {"Cross Industry": [62, 71, 82.5], "Retail": [60, 70, 80]} == _by(report, "entity")
    assert ["p25", "median", "p75"] * 2 == list(report.rows["statistic"])
    assert [212] * 3 + [41] * 3 == list(report.rows["sample_size"])


def test_metrics_across_are_told_in_the_units_of_their_headers() -> None:
    report = _judged(
        shapes.zendesk(), {"Industry": "entity", "Country": "region"},
        {"CSAT %": "csat", "First reply time (h)": "frt", "Tickets/month": ""},
        statistic="value", period="Q4 2015", **INDUSTRY,
    )  # fmt: skip
    assert {("csat", "percent"): [91, 82], ("frt", "hours"): [24.2, 27, 20.9]} == _by(
        report, "metric", "unit"
    )
    assert {"(+2)", "(-1)"} <= set(report.rows["note"].dropna())


def test_a_base_in_the_header_is_the_rates_own_and_a_month_both_its_ends() -> None:
    report = _judged(
        shapes.aqr(), {"Airline": "entity", "Rank": ""},
        {
            "On-time %": "otd", "Denied boardings /10,000": "", "Mishandled bags /1,000": "bags",
            "Complaints /100,000": "complaints", "AQR score": "",
        },
        statistic="value", **FROM,
    )  # fmt: skip
    assert {
        ("otd", ""): [81.3, 83.5, 79.2],
        ("bags", 1000): [5.57, 4.55],
        ("complaints", 100_000): [0.56, 0.38, 1.06],
    } == _by(report, "metric", "per")
    assert {"2019-01-31"} == {f"{day:%Y-%m-%d}" for day in report.rows["period_end"]}
    assert {"Industry": "industry", "Delta": "competitor", "Alaska": "competitor"} == dict(
        zip(report.rows["entity"], report.rows["entity_type"], strict=True)
    )


def test_years_across_give_a_row_where_there_is_a_number() -> None:
    report = _judged(
        shapes.acsi(), {"Sector": "", "Industry": "industry", "Company": "entity"}, {},
        metric="index", statistic="value", unit="points", **FROM,
    )  # fmt: skip
    assert {
        "Airlines": [72, 69, 73, 75, 77],
        "Alaska": [79, 82],
        "All Others": [75, 74, 73, 74, 76],
        "Southwest": [78, 76, 79, 79, 80],
    } == _by(report, "entity")
    assert {"all"} == set(report.rows.loc[report.rows["entity"] == "All Others", "entity_type"])


@pytest.mark.parametrize(
    ("build", "fields", "values"),
    [
        (
            shapes.ofcom,
            {"Service": "segment", "Provider": "entity"},
            {
                ("Landline", "BT"): [19, 22, 24],
                ("Landline", "Post Office"): [12],
                ("Landline", "Industry average"): [13, 15, 16],
                ("Broadband", "BT"): [27, 36, 37],
                ("Broadband", "Industry average"): [17, 20, 21],
            },
        ),
        (
            shapes.ofcom_across,
            {"Quarter": "period"},
            {
                ("", "BT"): [27, 36],
                ("", "Plusnet"): [35, 40],
                ("", "Industry average"): [17, 20],
            },
        ),
    ],
)
def test_providers_and_quarters_are_read_in_both_forms(build, fields, values) -> None:
    report = _judged(
        build(), fields, {},
        metric="complaints", statistic="value", unit="per 100,000", base="subscribers", **FROM,
    )  # fmt: skip
    assert values == _by(report, "segment", "entity")
    assert {100_000} == set(report.rows["per"])


def test_statistics_across_are_read_with_durations_and_pairs() -> None:
    report = _judged(
        shapes.call_centre(), {"Metric type": "", "Metric": "metric", "n": "sample_size"},
        {"Cost per contact": "", "Service level": "abandon"},
        entity="Service desks", period="2024", unit="metric", **INDUSTRY,
    )  # fmt: skip
    assert {
        "asa": [28, 9, 26, 3900], "abandon": [80, 70, 80, 90], "fcr": [74, 41, 74, 94],
    } == _by(report, "metric")  # fmt: skip
    assert ["mean", "min", "median", "max"] * 3 == list(report.rows["statistic"])


def test_footnotes_and_words_for_no_number_are_no_values() -> None:
    report = _judged(
        shapes.statistics_office(), {"Industry": "entity", "NAICS": ""},
        {"Total recordable": "trir", "DAFW": "", "DJTR": "", "ORC": ""},
        statistic="value", unit="per 100", period="2024", **INDUSTRY,
    )  # fmt: skip
    assert {"Private industry5": [2.3], "Retail trade": [2.9]} == _by(report, "entity")


def test_five_of_a_hundred_percentiles_are_statistics() -> None:
    report = _judged(
        shapes.qualtrics(), {"Field": "metric"},
        {"Overall satisfaction": "csat", "Ease of use": "fcr", "P50": "median"},
        entity="All companies", entity_type="all", unit="percent", period="2024", **FROM,
    )  # fmt: skip
    assert {"csat": [35, 42.5, 55, 67.5, 75], "fcr": [25, 32.5, 45, 57.5, 65]} == _by(
        report, "metric"
    )
