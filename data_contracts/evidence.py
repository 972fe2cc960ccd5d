"""What was found of a run, and what the gate makes of it: evidence, results, the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from data_contracts.model import Dimension, Severity


class State(StrEnum):
    """What a rule says of a run. No data never passes; an exception is its own state."""

    PASS = "pass"
    FAIL = "fail"
    NOT_EVALUATED = "not_evaluated"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """On how many rows of a slice ("" is all of the run) a rule was evaluated, and failed."""

    rule_id: str
    evaluated: int
    failed: int
    slice_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEvidence:
    """What is known of a run as a whole, beside the evidence of its row rules.

    `age` is how old the newest row is, None where that cannot be said. `errors` says of a rule that
    could not be run (by rule_id) why not. `is_incremental`: no rows then means no news.
    """

    rows_in: int
    rows_quarantined: int = 0
    age: timedelta | None = None
    has_table: bool = True
    missing_columns: tuple[str, ...] = ()
    is_incremental: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """A rule's verdict on a run, in a form that is stored and shown."""

    rule_id: str
    state: State
    severity: Severity
    dimension: Dimension
    evaluated: int
    failed: int
    description: str
    threshold: float = 0.0
    slice_key: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateVerdict:
    """Whether a run may be published, every rule's result, and the engine's own evidence (JSON)."""

    may_publish: bool
    results: tuple[RuleResult, ...]
    reasons: tuple[str, ...]
    engine: str
    document: str
