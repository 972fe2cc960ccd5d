"""Shares among percentages are told by a gap or by their own parts, and by nothing else."""

from dataclasses import replace

from tests.data_contracts.benchmarks.files import KNOWN, judge, reasons, row, table


def _rows(*values: str, **more: str) -> str:
    return table(*(row(entity=f"Peer {at}", value=each, **more) for at, each in enumerate(values)))


def test_small_percentages_among_larger_ones_are_no_shares() -> None:
    assert 5 == judge(_rows("0.1", "0.9", "1.2", "3.6", "12")).published


def test_a_gap_of_twenty_keeps_the_small_ones_out() -> None:
    assert 2 == judge(_rows("0.93", "0.4", "20", "93")).published


def test_a_file_of_shares_only_is_published_with_a_note() -> None:
    report = judge(_rows("0.93", "0.81"))
    assert (2, ["ratio_looking"]) == (report.published, reasons(report))


def test_a_file_of_shares_is_kept_out_where_percentages_are_published_already() -> None:
    known = replace(KNOWN, levels={"abandon": 18.6})
    assert (0, {"scale"}) == (
        judge(_rows("0.93", "0.81"), known=known).published,
        set(reasons(judge(_rows("0.93", "0.81"), known=known))) - {"ratio_looking"},
    )


def test_a_small_percentage_near_those_published_already_is_no_share() -> None:
    known = replace(KNOWN, levels={"abandon": 18.5})
    assert 2 == judge(_rows("0.93", "0.81"), known=known).published


def test_a_small_percentage_that_its_parts_confirm_is_never_in_doubt() -> None:
    confirmed = row(entity="Peer 9", value="0.1", numerator="1", denominator="1000")
    report = judge(table(confirmed, row(value="93")))
    assert (2, []) == (report.published, reasons(report))


def test_a_share_that_its_own_parts_give_away_is_kept_out() -> None:
    share = row(entity="Peer 9", value="0.93", numerator="93", denominator="100")
    report = judge(table(share, row(value="2")))
    assert ["scale"] == reasons(report, 2)
