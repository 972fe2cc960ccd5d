"""What is wrong with a file in the words of people: what it is and what to do."""

from callboard.views import FindingRow
from data_contracts.findings import Finding, Reason, RowVerdict

_VERDICTS = {
    RowVerdict.REFUSE: "file refused",
    RowVerdict.QUARANTINE: "quarantined",
    RowVerdict.PUBLISH: "published",
}
_OF_THE_FILE = "noted"
_NAMES = {
    Reason.WRONG_TYPE: "cannot be read",
    Reason.BAD_PATTERN: "not in the agreed form",
    Reason.BEFORE_OTHER: "dates out of order",
    Reason.IN_FUTURE: "in the future",
    Reason.SCALE: "on another scale",
    Reason.RATIO_LOOKING: "looks like shares",
    Reason.RAGGED: "row of another length",
    Reason.DUPLICATE_KEY: "said twice, differently",
    Reason.OVERLAP: "periods overlap",
    Reason.LOOKALIKE: "letters that look alike",
    Reason.FORMULA_LIKE: "looks like a formula",
    Reason.FILE_EMPTY: "empty file",
    Reason.FILE_NO_ROWS: "no rows",
    Reason.FILE_TOO_BIG: "too big",
    Reason.FILE_KIND: "another kind of file",
    Reason.FILE_HEADER: "header",
    Reason.FILE_BROKEN: "broken off",
}
_ADVICE = {
    Reason.MISSING: "Fill it in; leave the row out where no value was published.",
    Reason.WRONG_TYPE: "Write the value alone; words belong in the note.",
    Reason.NOT_FINITE: "Find the right number.",
    Reason.EXCEL_ERROR: "Mend the formula in the workbook.",
    Reason.OUT_OF_RANGE: "Check the value and its unit.",
    Reason.NOT_ALLOWED: "Take one of the words that are expected.",
    Reason.BAD_PATTERN: "Write it in the agreed form.",
    Reason.TOO_LONG: "Shorten it.",
    Reason.BEFORE_OTHER: "Check both dates; they may be swapped.",
    Reason.IN_FUTURE: "Check the year; a running period is published when it has ended.",
    Reason.UNKNOWN_NAME: "Take a name that is known here.",
    Reason.AMBIGUOUS_NUMBER: "Write it without separators of thousands.",
    Reason.MIXED_STYLE: "Write the whole column in one way.",
    Reason.IMPOSSIBLE_DATE: "Check the date.",
    Reason.TWO_DIGIT_YEAR: "Write four digits.",
    Reason.UNIT_CONFLICT: "Publish it in a unit of the metric's kind.",
    Reason.OVERLAP: "Keep one, or part the periods.",
    Reason.TOTAL_ROW: "Leave it out.",
    Reason.RATIO_LOOKING: "Look whether they are percentages.",
    Reason.ENCODING: "Look at the letters; best save as CSV UTF-8.",
    Reason.FILE_EMPTY: "Export it again.",
    Reason.FILE_NO_ROWS: "Export it again.",
    Reason.FILE_TOO_BIG: "Part the file.",
    Reason.FILE_KIND: "Save the sheet as CSV UTF-8.",
    Reason.FILE_HEADER: "Take the empty file with all its columns.",
    Reason.FILE_BROKEN: "Export it again.",
}


def finding_row(finding: Finding) -> FindingRow:
    """Return a finding with words instead of codes, and always with what can be done."""
    is_note = finding.verdict is RowVerdict.PUBLISH
    return FindingRow(
        row=finding.row,
        column=finding.column,
        reason=_name(finding.reason, is_note=is_note),
        found=finding.found,
        expected=finding.expected,
        suggestion=finding.suggestion or advice_on(finding),
        verdict=_OF_THE_FILE if is_note and not finding.row else _VERDICTS[finding.verdict],
        reason_code=finding.reason.value,
        verdict_code=finding.verdict.value,
    )


def advice_on(finding: Finding) -> str:
    """Return what to do about a finding that has no suggestion of its own."""
    if finding.reason is Reason.FILE_HEADER and finding.verdict is RowVerdict.PUBLISH:
        return ""
    return _ADVICE.get(finding.reason, "")


def _name(reason: Reason, *, is_note: bool) -> str:
    if is_note and reason is Reason.AMBIGUOUS_DATE:
        return "day and month"
    if is_note and reason is Reason.UNKNOWN_NAME:
        return "new name"
    return _NAMES.get(reason, reason.value.replace("_", " "))
