"""Tables: headings, numbers on the right, texts escaped."""

from dataclasses import replace
from datetime import date

from callboard.ui import chart_tables, competitor_tables
from callboard.ui.publish_tables import changes_table, findings_table, history_table
from callboard.ui.tables import Column, Row, draw_table
from tests import sample_data_views, sample_parts, sample_views

COLUMNS = (Column(title="Who"), Column(title="n", is_number=True))


def test_the_first_cell_is_the_heading_of_its_row() -> None:
    assert '<th scope="row">A</th>' in draw_table(COLUMNS, [Row(cells=("A", "1"))], caption="c")


def test_numbers_line_up_on_the_right() -> None:
    drawn = draw_table(COLUMNS, [Row(cells=("A", "1"))], caption="c")
    assert '<td class="cb-number">1</td>' in drawn


def test_a_cell_is_shown_letter_by_letter() -> None:
    drawn = draw_table(COLUMNS, [Row(cells=("<img src=x>", "=1+1"))], caption="c")
    assert "&lt;img src=x&gt;" in drawn


def test_the_table_scrolls_in_a_region_that_the_keyboard_reaches() -> None:
    drawn = draw_table(COLUMNS, [], caption="Names")
    assert 'tabindex="0" role="region" aria-label="Names"' in drawn


def test_a_cell_of_a_stacked_table_names_its_column_and_stays_a_cell() -> None:
    drawn = draw_table(COLUMNS, [Row(cells=("A", "1"))], caption="c", is_stacked=True)
    assert '<td class="cb-number" role="cell" data-title="n">1</td>' in drawn
    assert '<th scope="col" role="columnheader">Who</th>' in drawn
    assert 2 == drawn.count('role="rowgroup"') == drawn.count('role="row"')


def test_the_history_has_every_period_the_newest_first() -> None:
    drawn = chart_tables.history_table(sample_views.control_chart())
    assert 36 == drawn.count('scope="row"')
    assert drawn.index("week 46, 2026") < drawn.index("week 45, 2026")


def test_a_period_without_a_value_says_so() -> None:
    assert "no data" in chart_tables.history_table(sample_views.control_chart())


def test_the_breakdown_tells_share_change_and_meaning() -> None:
    drawn = chart_tables.breakdown_table(sample_parts.breakdown())
    assert "34 %" in drawn
    assert "<em>worse</em>" in drawn


def test_the_league_tells_source_as_of_and_n_of_each() -> None:
    drawn = competitor_tables.league_table(sample_views.competitors_page(), zone="UTC")
    assert all(words in drawn for words in ("31 Oct 2026", "12,400", "Regulator&#39;s quarterly"))


def test_we_are_marked_in_the_league() -> None:
    drawn = competitor_tables.league_table(sample_views.competitors_page(), zone="UTC")
    assert '<tr class="cb-ours" role="row"><th scope="row"' in drawn
    assert ">Harbour Stores (us)</th>" in drawn


def test_a_rank_comes_with_how_far_sampling_could_move_it() -> None:
    first, *rest = sample_views.league()
    ranked = (replace(first, rank=2, rank_low=1, rank_high=4), *rest)
    assert "2 (1 to 4)" in competitor_tables.league_table(
        sample_views.competitors_page(league=ranked), zone="UTC"
    )
    sure = (replace(first, rank=2, rank_low=2, rank_high=2), *rest)
    assert "2 (" not in competitor_tables.league_table(
        sample_views.competitors_page(league=sure), zone="UTC"
    )


def test_the_gaps_tell_side_interval_and_what_they_are_made_of() -> None:
    drawn = competitor_tables.gap_table(sample_views.competitors_page(), zone="UTC")
    assert "<em>6.8 pts behind (5.5 to 7.9)</em>" in drawn
    assert "Alder &amp; Sons: the best, until they hold a tenth of all cases" in drawn


def test_the_trend_leaves_our_empty_periods_out() -> None:
    drawn = competitor_tables.trend_table(sample_views.competitors_page(), zone="UTC")
    assert 30 == drawn.count('scope="row"')


def test_findings_tell_row_reason_and_suggestion() -> None:
    findings = sample_data_views.preview().findings
    drawn = findings_table(findings)
    assert all(words in drawn for words in ("14", "A percentage above 100", "91.2"))


def test_more_findings_than_shown_are_counted() -> None:
    findings = sample_data_views.preview().findings
    assert "1,200 findings, the first 200 shown" in findings_table(findings * 600)
    assert "1 finding<" in findings_table(findings[:1])


def test_what_is_added_comes_before_what_changes() -> None:
    drawn = changes_table(sample_data_views.preview().changes)
    assert drawn.index("Adds") < drawn.index("Changes")


def test_a_withdrawn_submission_is_pale() -> None:
    history = (sample_data_views.submission(1, state="withdrawn"),)
    assert 'class="cb-pale"' in history_table(history, zone="Europe/London")


def test_of_a_long_trend_the_newest_values_are_drawn() -> None:
    page = sample_views.competitors_page()
    values = tuple(
        (date(2000 + at // 12, at % 12 + 1, 1), date(2000 + at // 12, at % 12 + 1, 28), 90.0)
        for at in range(300)
    )
    trend = replace(page.trend, ours=(), peers={"Alder": values}, pale={}, passports={})
    drawn = competitor_tables.trend_table(replace(page, trend=trend), zone="UTC")
    assert "the newest 200 of 300" in drawn
    assert (200, True, False) == (drawn.count('scope="row"'), "2024" in drawn, "2001" in drawn)
