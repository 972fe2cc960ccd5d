"""What a contract's rules say, and what follows when one is broken, in words."""

from data_contracts.model import Check, CountedIn, RowCount, Severity, Tolerance

_TOO_MANY = {
    Severity.CRITICAL: "outside that, the whole run is held back",
    Severity.WARNING: "outside that, there is a warning",
    Severity.INFO: "outside that, it is noted",
}
_OF_A_ROW = {
    Severity.CRITICAL: "The row is kept out.",
    Severity.WARNING: "The row is used, with a warning.",
    Severity.INFO: "The row is used, and counted.",
}
_GATE = {
    Severity.CRITICAL: "What breaks it is held back.",
    Severity.WARNING: "There is a warning.",
    Severity.INFO: "It is noted.",
}


def rule_in_words(check: Check) -> str:
    """Return what a row has to be: the contract's own sentence, and of which rows it is said."""
    if check.where is None:
        return check.description
    column, values = check.where
    return f"{check.description} Only of rows whose {column} is {' or '.join(values)}."


def consequence(check: Check | RowCount) -> str:
    """Return what becomes of a row, or of a run, that breaks the rule."""
    if check.tolerance is None:
        return _OF_A_ROW[check.severity]
    what = "There are" if isinstance(check, RowCount) else "Rows that break it are counted:"
    return f"{what} {tolerance_in_words(check.tolerance)}; {_TOO_MANY[check.severity]}."


def gate_consequence(severity: Severity) -> str:
    """Return what follows where a day, or a whole run, breaks a gate."""
    return _GATE[severity]


def tolerance_in_words(tolerance: Tolerance) -> str:
    """Return how many there may be: `at most 5 % of them`, `not between 1 and 3 rows`."""
    unit = "% of them" if tolerance.unit is CountedIn.PERCENT else "rows"
    said = f"{_ends(tolerance)} {unit}"
    return f"not {said}" if tolerance.is_outside else said


def _ends(tolerance: Tolerance) -> str:
    low, high = tolerance.low, tolerance.high
    if low is not None and low == high:
        return f"{low:,}"
    if None not in (low, high) and not (tolerance.is_low_open or tolerance.is_high_open):
        return f"between {low:,} and {high:,}"
    ends = (
        "" if low is None else f"{'more than' if tolerance.is_low_open else 'at least'} {low:,}",
        "" if high is None else f"{'fewer than' if tolerance.is_high_open else 'at most'} {high:,}",
    )
    return " and ".join(each for each in ends if each) or "any number of"
