"""What a contract would make of a stranger's rows: how many it rejects, by which rules, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from callboard.services.connecting.table_facts import TableFacts
from callboard.services.masking import MASK, hidden_columns
from data_contracts.checks import TOUCHPOINTS
from data_contracts.masks import Judgement, judge_rows
from data_contracts.model import Check, Contract, Kind, Severity

_EXAMPLES, _LONGEST = 3, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that some rows of the sample break; `examples` are values found, none personal."""

    column: str
    description: str
    severity: Severity
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVerdict:
    """What became of the sampled rows; `limit` is the share of them that may be rejected (0-1)."""

    rows_in: int
    rejected: int
    flagged: int
    limit: float
    rules: tuple[BrokenRule, ...]

    @property
    def is_held_back(self) -> bool:
        """Whether a refresh of these rows would publish nothing."""
        return self.rows_in > 0 and self.rejected / self.rows_in > self.limit


def judge_sample(
    contract: Contract, facts: TableFacts, *, places: Collection[str], now: datetime
) -> SampleVerdict:
    """Judge the sampled rows by a contract that names the table's own columns.

    `places` are all names that rows may give to touchpoints.
    """
    frame = sample_frame(contract, facts)
    judged = judge_rows(frame, contract.checks, known={TOUCHPOINTS: places}, now=now)
    hidden = _hidden(contract, facts)
    rules = (_broken(each, frame, judged, hidden) for each in contract.checks)
    return SampleVerdict(
        rows_in=len(frame),
        rejected=int(judged.quarantined.sum()),
        flagged=int(judged.flagged.sum()),
        limit=contract.max_feed_quarantine_share,
        rules=tuple(sorted((each for each in rules if each.rows), key=lambda each: -each.rows)),
    )


def sample_frame(contract: Contract, facts: TableFacts) -> pd.DataFrame:
    """The sampled rows with the contract's columns, by the contract's names."""
    return pd.DataFrame({each.name: facts.values(each.physical_name) for each in contract.columns})


def shown_rows(contract: Contract, facts: TableFacts, limit: int) -> tuple[Mapping[str, str], ...]:
    """The first rows as text by the contract's names, what is personal masked."""
    hidden = _hidden(contract, facts)
    rows = sample_frame(contract, facts).head(limit).to_dict(orient="records")
    return tuple(
        {str(name): MASK if name in hidden else _short(value) for name, value in row.items()}
        for row in rows
    )


def _hidden(contract: Contract, facts: TableFacts) -> frozenset[str]:
    """The contract's columns whose values are not shown: by classification, or by their looks."""
    personal = (each.name for each in contract.columns if each.physical_name in facts.personal)
    return hidden_columns(contract) | frozenset(personal)


def _broken(
    check: Check, frame: pd.DataFrame, judged: Judgement, hidden: frozenset[str]
) -> BrokenRule:
    broken = judged.failed[check.rule_id]
    is_told = check.kind not in (Kind.REQUIRED, Kind.UNIQUE)
    found = frame.loc[broken, check.column] if is_told and broken.any() else frame[check.column][:0]
    words = [_short(each) for each in dict.fromkeys(found.head(1_000).astype("str"))][:_EXAMPLES]
    is_hidden = check.column in hidden
    return BrokenRule(
        column=check.column,
        description=check.description,
        severity=check.severity,
        rows=int(broken.sum()),
        examples=(MASK,) if words and is_hidden else tuple(words),
    )


def _short(value: Any) -> str:
    text = "" if value is None or value is pd.NaT or value != value else str(value)  # noqa: PLR0124 - NaN is unlike itself
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
