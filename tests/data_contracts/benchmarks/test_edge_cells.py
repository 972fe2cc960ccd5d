"""The edge-case pack, cells: numbers, dates, names and text that no one was asked about."""

import json
from dataclasses import replace

import pytest

from data_contracts.importing.answers import Answers
from tests.data_contracts.benchmarks.files import KNOWN, counts, judge, reasons, row, table

OTHER = "Birch Mail"


def _one(**changes: str):
    """The reasons that quarantine a single row, and the row if it is published."""
    report = judge(table(row(**changes)))
    kept_out = [each.reason.value for each in report.findings if each.verdict == "quarantine"]
    return kept_out, (report.rows.iloc[0] if report.published else None)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3"])
def test_what_looks_like_a_formula_is_kept_as_it_is_and_noted(text: str) -> None:
    report = judge(table(row(note=text)))
    assert ([text], ["formula_like"]) == (list(report.rows["note"]), reasons(report, 2))


@pytest.mark.parametrize(
    ("value", "unit", "published"),
    [
        ("87.5%", "percent", 87.5),
        ("1,234.5", "count", None),
        ("1 234.5", "seconds", 1234.5),
        ("1\u2009234.5", "seconds", 1234.5),
        ("1,234.5", "seconds", 1234.5),
        ("0.12345678901234567890", "seconds", 0.12345678901234568),
        ("1e2", "seconds", 100.0),
    ],
)
def test_clear_numbers_are_published(value: str, unit: str, published: float | None) -> None:
    metric = "abandon" if unit == "percent" else "asa"
    _, found = _one(kpi_code=metric, value=value, unit=unit)
    assert published == (None if found is None else found["value"])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("1,234", "ambiguous_number"),
        ("1.234,56", "ambiguous_number"),
        ("€12.50", "unit_conflict"),
        ("87.5%", "unit_conflict"),
        ("٣", "wrong_type"),
        ("１２", "wrong_type"),
        ("8_7.5", "wrong_type"),
        ("0x1F", "wrong_type"),
        ("TRUE", "wrong_type"),
        ("80/20", "wrong_type"),
        ("28 million", "wrong_type"),
        ("<5", "missing"),
        ("( 9 )", "missing"),
        ("05:30", "wrong_type"),
        ("inf", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1e999", "not_finite"),
        ("NaN", "missing"),
        ("N/A", "missing"),
        ("-", "missing"),
        ("", "missing"),
        ("null", "missing"),
        ("#DIV/0!", "excel_error"),
        ("-3", "out_of_range"),
    ],
)
def test_numbers_that_are_none_or_in_doubt_keep_their_row_out(value: str, reason: str) -> None:
    assert [reason] == _one(kpi_code="asa", unit="seconds", value=value)[0]


def test_a_percentage_above_a_hundred_is_kept_out() -> None:
    assert ["out_of_range"] == _one(value="104.2")[0]


def test_a_column_of_decimal_commas_is_read_in_a_file_with_semicolons() -> None:
    report = judge(table(row(value="87,5"), row(entity=OTHER, value="3,25"), delimiter=";"))
    assert [87.5, 3.25] == list(report.rows["value"])


def test_decimal_commas_beside_decimal_points_are_kept_out() -> None:
    report = judge(table(row(value="87,5"), row(entity=OTHER, value="3.25"), delimiter=";"))
    assert ([3.25], ["mixed_style"]) == (list(report.rows["value"]), reasons(report, 2))


def test_a_point_before_three_digits_is_a_doubt_where_commas_may_be_decimals() -> None:
    report = judge(table(row(kpi_code="asa", unit="s", value="1.234"), delimiter=";"))
    assert ["ambiguous_number"] == reasons(report, 2)


def test_the_rest_of_the_column_settles_what_three_digits_mean() -> None:
    rows = [row(kpi_code="asa", unit="s", value="1,234"), row(entity=OTHER, value="5.5")]
    assert [1234.0, 5.5] == list(judge(table(*rows, delimiter=";")).rows["value"])


def test_shares_beside_percentages_are_kept_out_and_never_multiplied() -> None:
    values = {"Alder Post": "93", OTHER: "91.5", "Cedar": "0.93", "Dogwood": "0.81"}
    report = judge(table(*(row(kpi_code="fcr", entity=k, value=v) for k, v in values.items())))
    assert [93.0, 91.5] == list(report.rows["value"])
    assert ["scale", "scale"] == reasons(report, 4) + reasons(report, 5)
    assert ["ratio_looking"] == reasons(report, 0)


@pytest.mark.parametrize(
    ("size", "published"), [("1200.0", 1200), ("1e3", 1000), ("12.5", None), ("0", None)]
)
def test_a_sample_size_is_a_whole_number_above_zero(size: str, published: int | None) -> None:
    _, found = _one(sample_size=size)
    assert published == (None if found is None else found["sample_size"])


def test_a_missing_sample_size_keeps_nothing_out() -> None:
    assert ([], True) == ((found := _one(sample_size="n/a"))[0], found[1] is not None)


def test_the_file_itself_can_prove_the_order_of_day_and_month() -> None:
    rows = [
        row(period_end="01/07/2026", period_start=""),
        row(entity=OTHER, period_end="30/09/2026"),
    ]
    report = judge(table(*(each | {"period_start": ""} for each in rows)))
    assert ["2026-07-01", "2026-09-30"] == [f"{day:%Y-%m-%d}" for day in report.rows["period_end"]]
    assert ["ambiguous_date"] == reasons(report, 0)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("03/04/2026", "ambiguous_date"),
        ("46204", "excel_serial"),
        ("2026-02-30", "impossible_date"),
        ("0000-00-00", "impossible_date"),
        ("1900-01-00", "impossible_date"),
        ("01/07/26", "two_digit_year"),
        ("FY26", "ambiguous_date"),
        ("soon", "wrong_type"),
        ("2026-12-01", "in_future"),
        ("2026-06-30", "before_other"),
        ("", "missing"),
    ],
)
def test_days_that_are_none_or_in_doubt_keep_their_row_out(day: str, reason: str) -> None:
    assert [reason] == _one(period_end=day)[0]


def test_dates_of_other_styles_than_the_columns_are_kept_out() -> None:
    days = ["2026-09-30", "09/30/2026", "01.07.2026"]
    rows = [row(entity=f"Peer {i}", period_end=day) for i, day in enumerate(days)]
    report = judge(table(*(each | {"period_start": ""} for each in rows)))
    assert ["mixed_style", "mixed_style"] == reasons(report, 3) + reasons(report, 4)
    assert 1 == report.published


def test_excels_number_for_a_day_is_told_as_a_day() -> None:
    report = judge(table(row(period_end="46204")))
    assert "2026-07-01" in report.findings[0].suggestion


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2026-09-30T23:30:00-05:00", "2026-10-01"), ("2026-09-30 08:00", "2026-09-30")],
)
def test_a_moment_is_a_day_in_utc(moment: str, day: str) -> None:
    assert day == f"{_one(period_end=moment)[1]['period_end']:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("2026-08", "2026-08-01", "2026-08-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_stands_for_its_first_and_last_day(period: str, start: str, end: str) -> None:
    found = _one(period_start=period, period_end=period)[1]
    assert (start, end) == tuple(
        f"{found[name]:%Y-%m-%d}" for name in ("period_start", "period_end")
    )


def test_a_number_taken_before_its_period_ended_is_kept_out() -> None:
    assert ["before_other"] == _one(as_of="2026-09-01")[0]


def test_overlapping_periods_of_one_subject_keep_both_out() -> None:
    report = judge(table(row(), row(period_start="2026-09-01", period_end="2026-10-31")))
    assert (0, ["overlap", "overlap"]) == (report.published, reasons(report))


def test_a_quarter_inside_its_year_is_no_overlap() -> None:
    report = judge(table(row(period_start="2025-10-01"), row()))
    assert 2 == report.published


@pytest.mark.parametrize("entity", [" Alder Post ", "Alder\u00a0Post", "ALDER POST", "alder  post"])
def test_blanks_and_case_do_not_make_another_name(entity: str) -> None:
    assert "Alder Post" == _one(entity=entity)[1]["entity"]


def test_letters_of_two_alphabets_in_one_word_are_kept_out() -> None:
    assert ["lookalike"] == _one(entity="\u0421omp A")[0]


@pytest.mark.parametrize("entity", ["Al\u200bder Post", "Cafe\u0301"])
def test_what_cannot_be_seen_is_taken_out_and_noted(entity: str) -> None:
    report = judge(table(row(entity=entity)))
    assert ["tidied"] == reasons(report)
    assert report.rows["entity"][0] in ("Alder Post", "Café")


@pytest.mark.parametrize(
    ("metric", "suggestion"),
    [("abandom", "Did you mean 'abandon'?"), ("zzz", ""), ("otif", "not connected: deliveries")],
)
def test_an_unknown_metric_is_kept_out_with_advice(metric: str, suggestion: str) -> None:
    report = judge(table(row(kpi_code=metric)))
    assert ["unknown_name"] == reasons(report)
    assert suggestion in report.findings[0].suggestion


@pytest.mark.parametrize("name", ["Abandonment rate", "abandonment-rate", "DROP RATE", "abandon"])
def test_a_metric_answers_to_its_names(name: str) -> None:
    assert "abandon" == _one(kpi_code=name)[1]["metric"]


@pytest.mark.parametrize(("word", "statistic"), [("Average", "mean"), ("VALUE", "value")])
def test_a_statistic_answers_to_its_other_names(word: str, statistic: str) -> None:
    assert statistic == _one(statistic=word)[1]["statistic"]


def test_a_word_that_is_not_allowed_is_kept_out_with_the_nearest_one() -> None:
    report = judge(table(row(statistic="medain")))
    assert ["not_allowed"] == reasons(report)
    assert "Did you mean 'median'?" == report.findings[0].suggestion


@pytest.mark.parametrize(
    ("entity", "suggestion"),
    [("Alder Pst", "Did you mean 'Alder Post'?"), ("Elm Couriers", ""), ("Peer 77", "")],
)
def test_a_competitor_that_is_not_known_is_kept_out_with_the_only_close_name(
    entity: str, suggestion: str
) -> None:
    report = judge(table(row(entity=entity)))
    assert (0, ["unknown_name"]) == (report.published, reasons(report, 2))
    assert suggestion == report.findings[0].suggestion


@pytest.mark.parametrize("answer", ["*", "elm couriers"])
def test_a_competitor_that_is_said_to_be_new_is_published_and_noted(answer: str) -> None:
    report = judge(table(row(entity="Elm Couriers")), answers=Answers(new_names=(answer,)))
    assert (["Elm Couriers"], ["unknown_name"]) == (
        list(report.rows["entity"]),
        reasons(report, 0),
    )
    assert "1 new name: Elm Couriers" == report.findings[0].found


def test_a_workspace_that_knows_nobody_takes_every_name_with_one_note() -> None:
    rows = (row(entity=f"Firm {at}") for at in range(3))
    report = judge(table(*rows), known=replace(KNOWN, spellings={}))
    assert (3, ["unknown_name"]) == (report.published, reasons(report))
    assert "3 new names, such as Firm 0" == report.findings[0].found


def test_an_industry_need_not_be_known() -> None:
    assert ([], "industry") == (
        (found := _one(entity="Parcels of Europe", entity_type="industry"))[0],
        found[1]["entity_type"],
    )


@pytest.mark.parametrize(
    ("entity", "kind"),
    [("All Others", "all"), ("Industry average", "industry"), ("AVERAGE", "industry")],
)
@pytest.mark.parametrize("said", ["", "competitor"])
def test_an_average_or_all_others_is_never_a_competitor(entity: str, kind: str, said: str) -> None:
    report = judge(table(row(entity=entity, entity_type=said), row(entity_type="")))
    assert [kind, "competitor"] == list(report.rows["entity_type"])
    assert ["unknown_name"] == reasons(report)


def test_a_group_that_says_what_it_is_stays_that() -> None:
    assert "region" == _one(entity="All others", entity_type="region")[1]["entity_type"]


@pytest.mark.parametrize("column", ["entity", "source_name", "region", "industry", "segment"])
@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        '=HYPERLINK("http://x.example","y")',
        '<a href="https://x.example">Alder Post</a>',
        "https://x.example/report",
        "[Alder](javascript:alert(1))",
        "@SUM(A1)",
        "x'; DROP TABLE benchmark; --",
        "$E=mc^2$",
    ],
)
def test_what_is_no_name_keeps_its_row_out(column: str, text: str) -> None:
    report = judge(table(row(**{column: text}), row(entity=OTHER)))
    assert ([OTHER], ["bad_pattern"]) == (
        list(report.rows["entity"]),
        [each.reason for each in report.findings if each.verdict == "quarantine"],
    )


@pytest.mark.parametrize(
    "name", ["AT&T", "Marks & Spencer (UK)", "7-Eleven", "Yahoo!", "Häagen-Dazs", "C&A, Inc."]
)
def test_signs_that_stand_in_names_are_names(name: str) -> None:
    assert [] == _one(source_name=name)[0]


def test_a_name_in_another_case_is_published_as_known_and_noted_as_it_came() -> None:
    (found,) = judge(table(row(entity="ALDER POST"))).findings
    assert (2, "tidied", "ALDER POST", "publish") == (
        found.row,
        found.reason,
        found.found,
        found.verdict,
    )
    assert found.expected.startswith("Alder Post")


def test_blanks_around_names_are_noted() -> None:
    assert ["tidied"] == reasons(judge(table(row(entity=" Alder Post "))), 0)


def test_a_moment_without_offset_is_noted_as_taken_to_be_utc() -> None:
    with_offset = row(entity=OTHER, period_end="2026-09-30T10:00:00+02:00")
    report = judge(table(row(period_end="2026-09-30 08:00"), with_offset))
    (found,) = report.findings
    assert ("1 moment such as 2026-09-30 08:00", True) == (
        found.found,
        "assumed UTC" in found.expected,
    )


def test_dates_in_two_styles_are_not_said_to_be_read_in_one() -> None:
    days = ["2026-09-30", "09/30/2026", "01.07.2026"]
    rows = [row(entity=f"Peer {i}", period_end=day) for i, day in enumerate(days)]
    assert [] == reasons(judge(table(*(each | {"period_start": ""} for each in rows))), 0)


@pytest.mark.parametrize("column", ["as_of", "published_on", "retrieved_on"])
def test_no_day_of_a_row_is_in_the_future(column: str) -> None:
    assert ["in_future"] == _one(**{column: "2026-12-24"})[0]


def test_a_tab_before_a_formula_hides_nothing() -> None:
    report = judge(table(row(note="\t=1+1")))
    assert (["=1+1"], {"formula_like", "tidied"}) == (
        list(report.rows["note"]),
        set(reasons(report)),
    )


def test_what_an_export_made_harmless_comes_back_as_it_was() -> None:
    report = judge(table(row(note="'=1+1", value="'-5", kpi_code="nps", unit="points")))
    assert (["=1+1"], [-5.0]) == (list(report.rows["note"]), list(report.rows["value"]))
    assert {"formula_like", "tidied"} == set(reasons(report))


def test_the_note_on_the_order_of_dates_shows_a_date_of_the_file() -> None:
    dates = {"period_start": "01/07/2026", "period_end": "30/09/2026"}
    (note,) = judge(table(row(**dates))).findings
    assert "dates such as 30/09/2026" == note.found


def test_an_address_of_another_kind_is_told_with_an_example() -> None:
    (note,) = judge(table(row(source_url="javascript:alert(1)"))).findings
    assert "source_url has the agreed form, such as https://example.org/report" == note.expected


def test_an_unknown_touchpoint_is_kept_out_and_an_alias_is_not() -> None:
    report = judge(table(row(touchpoint="Service desk"), row(entity=OTHER, touchpoint="Moon")))
    assert (["desk"], ["unknown_name"]) == (list(report.rows["touchpoint"]), reasons(report, 3))


def test_an_exact_copy_collapses() -> None:
    assert (2, 1, 0, 1) == counts(judge(table(row(), row())))


def test_a_copy_in_other_words_collapses_too() -> None:
    twin = row(kpi_code="Drop rate", value="5.50", unit="%", entity="ALDER POST")
    assert (2, 1, 0, 1) == counts(judge(table(row(), twin)))


def test_the_same_key_with_another_value_keeps_all_out() -> None:
    report = judge(table(row(), row(value="6"), row(), row(entity=OTHER)))
    assert (4, 1, 2, 1) == counts(report)
    assert ["duplicate_key"] == reasons(report, 3)


def test_a_competitor_called_na_is_text() -> None:
    assert "NA" == _one(entity="NA")[1]["entity"]


def test_leading_zeros_of_names_stay() -> None:
    assert "007" == _one(segment="007")[1]["segment"]


def test_we_go_by_one_name() -> None:
    assert "Acme" == _one(entity="acme stores ltd")[1]["entity"]


def test_a_very_long_cell_is_kept_out_and_stored_short() -> None:
    report = judge(table(row(note="x" * 1_000_000)))
    assert ["too_long"] == reasons(report, 2)
    assert 2000 == len(json.loads(report.raw[2])["note"])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "x'; DROP TABLE benchmark; --",
        "[link](javascript:alert(1)) $x$ :red[a]",
        "👨\u200d👩\u200d👧 family",
        "שלום",
    ],
)
def test_text_is_data(text: str) -> None:
    report = judge(table(row(note=text)))
    assert [text] == list(report.rows["note"])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "x'; DROP TABLE metric; --"])
def test_hostile_text_is_no_metric(text: str) -> None:
    assert ["unknown_name"] == _one(kpi_code=text)[0]


@pytest.mark.parametrize("text", ["a\u202eb", "bell\x07", "\x1b[31mred", "\x85"])
def test_control_characters_are_kept_out(text: str) -> None:
    assert ["control_character"] == _one(note=f"x{text}x")[0]


def test_an_address_that_is_none_is_published_with_a_warning() -> None:
    report = judge(table(row(source_url="javascript:alert(1)")))
    assert (1, ["bad_pattern"]) == (report.published, reasons(report, 2))
