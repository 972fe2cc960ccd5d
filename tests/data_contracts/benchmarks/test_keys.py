"""Periods of one subject: a part of a longer one is fine, an overlap is not."""

import pytest

from tests.data_contracts.benchmarks.files import judge, row, table


def _published(*periods: tuple[str, str], **more: str) -> int:
    rows = (row(period_start=start, period_end=end, **more) for start, end in periods)
    return judge(table(*rows)).published


@pytest.mark.parametrize(
    ("periods", "published"),
    [
        ([("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")], 2),
        ([("2026-01-01", "2026-03-31"), ("2026-03-31", "2026-06-30")], 0),
        ([("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-03-31")], 2),
        ([("2025-01-01", "2025-12-31"), ("2025-10-01", "2025-12-31")], 2),
        ([("2026-01-01", "2026-03-31"), ("2026-01-01", "2026-03-30")], 0),
        ([("2025-01-01", "2025-12-31"), ("2025-02-01", "2025-02-28"), ("2025-02-15", "2025-03-15")], 1),
        ([("", "2026-03-31"), ("2026-01-01", "2026-04-30")], 2),
    ],
)  # fmt: skip
def test_periods_do_not_overlap(periods: list[tuple[str, str]], published: int) -> None:
    assert published == _published(*periods)


def test_different_subjects_may_share_a_period() -> None:
    rows = [row(), row(region="North"), row(statistic="median"), row(source_name="Other")]
    assert (
        4 == judge(table(*(each | {"region": each.get("region", "")} for each in rows))).published
    )


def test_touchpoints_part_subjects() -> None:
    assert 2 == judge(table(row(touchpoint=""), row(touchpoint="desk"))).published
