"""Rejected rows as a file to be mended, and how they are known again when they come back."""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable

from callboard.access import Action, Actor, require
from callboard.services.export import safe_text
from callboard.services.publishing.finding_words import advice_on
from callboard.services.publishing.judging import Sent
from callboard.services.runtime import Runtime
from callboard.storage.benchmark_rows import KeptFinding, hash_of_raw
from callboard.storage.benchmarks import read_findings, read_submission
from callboard.storage.engine import Connection, snapshot
from callboard.storage.submissions import find_rejected
from data_contracts.benchmarks import FileReport
from data_contracts.findings import Finding, RowVerdict
from data_contracts.parsing.table import TextTable

ROW_ID, REASONS = "row_id", "reasons"
_MARK = "r-"  # no spreadsheet takes it for a number
_BEGINNING = 65_536
_NUMBER = re.compile(r"[-+]?[\d.,\s]*\d%?")


def rejected_rows(runtime: Runtime, actor: Actor, *, submission: int) -> bytes:
    """Return a submission's rejected rows as CSV: as they came, with an id and their reasons.

    CallboardError for a submission that is not there.
    """
    require(actor, Action.CHECK_FILE)
    with snapshot(runtime.store) as connection:
        read_submission(connection, submission)
        kept = read_findings(connection, submission)
    return _as_csv(kept)


def rejected_rows_of(report: FileReport) -> bytes:
    """Return the rejected rows of a file that was judged, whether or not it was published."""
    return _as_csv(keep_raws(report, report.findings))


def keep_raws(report: FileReport, findings: Iterable[Finding]) -> list[KeptFinding]:
    """Return each finding with its row as it came; a row with several is kept with the first."""
    told: set[int] = set()
    kept = []
    for each in findings:
        raw = "" if each.row in told else report.raw.get(each.row, "")
        told.add(each.row)
        kept.append(KeptFinding(finding=each, raw=raw))
    return kept


def _as_csv(kept: Iterable[KeptFinding]) -> bytes:
    """As a spreadsheet opens it without asking."""
    raws: dict[int, str] = {}
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for each in kept:
        if each.raw:
            raws[each.finding.row] = each.raw
        if each.finding.verdict is RowVerdict.QUARANTINE:
            reasons[each.finding.row].append(_reason(each.finding))
    rows = {line: _own_cells(raw) for line, raw in raws.items()}
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    cells = [
        (
            _MARK + hash_of_raw(raws[line]),
            *(_safe(row.get(name, "")) for name in names),
            safe_text("; ".join(reasons[line])),
        )
        for line, row in rows.items()
    ]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([(ROW_ID, *map(safe_text, names), REASONS), *cells])
    return text.getvalue().encode("utf-8-sig")


def _own_cells(raw: str) -> dict[str, str]:
    """The cells of a row without what an earlier file of rejected rows put beside them."""
    cells = json.loads(raw)
    return {name: cell for name, cell in cells.items() if name not in (ROW_ID, REASONS)}


def _safe(cell: str) -> str:
    """Text that no spreadsheet runs; a number stays one, though it begins with a sign."""
    return cell if _NUMBER.fullmatch(cell) else safe_text(cell)


def _reason(finding: Finding) -> str:
    advice = finding.suggestion or advice_on(finding)
    where = f"{finding.column}: " if finding.column else ""
    return f"{where}found {finding.found}; expected {finding.expected}. {advice}".strip()


def find_returned(connection: Connection, sent: Sent, report: FileReport) -> dict[str, int]:
    """Return which rejected rows of earlier submissions this file publishes, by their hashes."""
    is_told = ROW_ID in report.mapping.ignored or ROW_ID.encode() in sent.ask.content[:_BEGINNING]
    if not is_told or not report.published:
        return {}
    table = sent.read(sent.ask.answers.reading)
    if not isinstance(table, TextTable) or ROW_ID not in table.headers:
        return {}
    ids = table.cells.iloc[:, table.headers.index(ROW_ID)]
    published = set(report.rows["row"].tolist())
    pairs = zip(ids.tolist(), table.lines.tolist(), strict=True)
    told = (cell for cell, line in pairs if line in published and isinstance(cell, str))
    return find_rejected(connection, {cell.removeprefix(_MARK) for cell in told if cell})
