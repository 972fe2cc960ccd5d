"""What somebody wants to be told of: a signal, a missed target, a gap to the peers. Data only."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from metrics.formula import refuse
from metrics.model import Code, Grain, Strict, Words

_Margin = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class AlertOn(StrEnum):
    """What makes an alert."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    TARGET = "target"
    PEERS = "peers"

    @property
    def is_signal(self) -> bool:
        """Whether it is a signal of the metric's own history."""
        return self in (AlertOn.CONCERN, AlertOn.IMPROVEMENT)


class AlertRule(Strict):
    """When people are told, and when they may be told again.

    It goes off once, when its `when` has held for `periods` complete periods in a row, and may
    go off again when it has not for `rearm_periods`. `by` is how far a value must be worse than
    the target, or than the middle peer, in the metric's unit; exactly as far is not enough. Then
    it must come back by `rearm_by` beyond that line. Without `metrics` or `touchpoints` all are
    meant; without `channels`, every one that the workspace names.
    """

    alert: Code
    name: Words
    when: AlertOn
    metrics: tuple[Code, ...] = ()
    touchpoints: tuple[Code, ...] = ()
    grain: Grain | None = None
    by: _Margin = 0.0
    periods: int = Field(default=1, ge=1, le=12)
    rearm_by: _Margin = 0.0
    rearm_periods: int = Field(default=1, ge=1, le=12)
    channels: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _says_what_is_used(self) -> "AlertRule":
        refuse("alert", self._mistakes(), self.model_dump(mode="json", exclude_unset=True))
        return self

    def _mistakes(self) -> Iterator[tuple[str, str]]:
        on = f"an alert on {self.when.value!r}"
        for name in ("by", "rearm_by"):
            if self.when.is_signal and getattr(self, name):
                yield name, f"no {name!r}: {on} has no line to be beyond"
        if self.when is not AlertOn.TARGET and self.periods > 1:
            yield "periods", f"1: {on} is of the newest period"
        if self.when is AlertOn.PEERS and self.rearm_periods > 1:
            yield "rearm_periods", f"1: {on} is of the newest published period"
