"""What holds for every judged file: each of its rows is somewhere, once."""

from data_contracts.benchmarks import FileReport
from data_contracts.findings import RowVerdict


def is_accounted_for(report: FileReport) -> bool:
    """Whether every row is published, quarantined with a reason and as it came, or a copy."""
    kept_out = _lines_kept_out(report)
    return (
        _adds_up(report)
        and len(report.raw) == report.quarantined
        and not kept_out & set(report.rows["row"] if report.published else ())
    )


def is_wide_accounted_for(report: FileReport) -> bool:
    """The same for a file of which a line gives several rows."""
    return _adds_up(report) and bool(report.quarantined) == bool(_lines_kept_out(report))


def _adds_up(report: FileReport) -> bool:
    kept = report.published + report.quarantined + report.collapsed
    return (
        report.rows_in == kept
        and len(report.rows) == report.published
        and set(report.raw) == _lines_kept_out(report)
        and bool(report.refusals) == (report.rows_in == 0)
    )


def _lines_kept_out(report: FileReport) -> set[int]:
    return {each.row for each in report.findings if each.verdict is RowVerdict.QUARANTINE}
