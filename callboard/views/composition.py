"""What a composite is made of in one period: contributions that add up, and what they hang on."""

from dataclasses import dataclass

from callboard.views.states import Meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One component: its value, its weight and scale, and what it adds to the score.

    `contribution` and `change` (what it adds to the change of the score) are in the composite's
    unit, None where there is no score to add up to. `without_text` is the score without it.
    """

    metric: str
    name: str
    value: float | None
    value_text: str
    weight: float
    weight_text: str
    scale_text: str
    scaled: float | None
    scaled_text: str
    contribution: float | None
    contribution_text: str
    change: float | None
    change_text: str
    meaning: Meaning
    word: str
    without_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A composite's score in one period beside the period before; parts in the file's order.

    `notes` are sentences in their order: weights varied, the heaviest leverage, the rank, several
    periods as one, what is missing. `label_before` names the period before.
    """

    metric: str
    metric_name: str
    touchpoint_name: str
    unit_text: str
    period: str
    period_label: str
    label_before: str
    score: float | None
    score_text: str
    change: float | None
    change_text: str
    parts: tuple[Contribution, ...]
    sentence: str
    notes: tuple[str, ...]
    rationale: str
