"""What moves before a front metric among the services behind its touchpoint."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LagPoint:
    """The rank correlation at one lag; a negative `lag` is the wrong way round, as a placebo."""

    lag: int
    rho: float
    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackstagePair:
    """A metric of a service behind the touchpoint, set against the front metric.

    `sentence` says what was found; `lags` is empty, and `best` None, where there are too few pairs
    of changes. `holds` says whether it stands out of all the pairs looked at.
    """

    touchpoint: str
    touchpoint_name: str
    metric: str
    metric_name: str
    holds: bool
    sentence: str
    lags: tuple[LagPoint, ...]
    best: LagPoint | None
    halves_text: str = ""
    alt: str = ""

    @property
    def key(self) -> str:
        """The pair's name in an address."""
        return f"{self.touchpoint}.{self.metric}"

    @property
    def name(self) -> str:
        """The pair's name for people."""
        return f"{self.metric_name}, {self.touchpoint_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backstage:
    """Everything looked at behind one front metric, the strongest first.

    `services` names the services behind the touchpoint that the reader may see: without any there
    is nothing to tell. `method` says in plain words what was compared.
    """

    metric: str
    metric_name: str
    touchpoint: str
    services: tuple[str, ...]
    sentence: str
    method: str
    pairs: tuple[BackstagePair, ...]

    @property
    def found(self) -> tuple[BackstagePair, ...]:
        """The pairs that move together more than chance would."""
        return tuple(each for each in self.pairs if each.holds)

    @property
    def judged(self) -> tuple[BackstagePair, ...]:
        """The pairs with history enough."""
        return tuple(each for each in self.pairs if each.best is not None)
