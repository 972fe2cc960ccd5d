"""What there is in a workspace that a benchmark row may speak of."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.parsing.close_words import CloseWords
from data_contracts.parsing.headers import plain
from data_contracts.parsing.plain_words import plain_words

MOST_ADVISED = 200  # distinct unknown words of a column that a close name is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMetric:
    """A metric: its code, what else it is called, and the unit its values are published in.

    `per` is the base of a rate, None of anything else.
    """

    code: str
    names: tuple[str, ...]
    unit: str
    per: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The metrics, touchpoints (code by each of its names) and entities of a workspace.

    `ourselves` is our name first, then what others call us. `off` says of a metric that is not on
    why. `spellings` are the words already published, by column; another case of them is the same.
    `levels` is the lowest percentage published of a metric, by its code. `aliases` says by
    plain name which entity a name stands for and from which day (None: always), the earliest first.
    `are_published` says of rows (`KEY`, `value`, `unit`, `per`) whether they count now just so.
    """

    metrics: tuple[KnownMetric, ...]
    touchpoints: Mapping[str, str] = field(default_factory=dict)
    ourselves: tuple[str, ...] = ()
    off: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, Collection[str]] = field(default_factory=dict)
    levels: Mapping[str, float] = field(default_factory=dict)
    aliases: Mapping[str, tuple[tuple[str, date | None], ...]] = field(default_factory=dict)
    are_published: Callable[[pd.DataFrame], NDArray[np.bool_]] | None = field(
        default=None, compare=False
    )

    def metric_codes(self) -> dict[str, str]:
        """The code of each metric by every plain name it goes by; a code wins over a name."""
        names = {plain(name): each.code for each in self.metrics for name in each.names}
        return names | {plain(each.code): each.code for each in self.metrics}

    def touchpoint_codes(self) -> dict[str, str]:
        """The code of each touchpoint by every plain name it goes by."""
        return {plain(name): code for name, code in self.touchpoints.items()}

    def steps_of(self, word: str) -> tuple[tuple[str, date | None], ...]:
        """Which entities a name stands for, from which days; none where it is its own."""
        return self.aliases.get(plain(word), ()) if self.aliases else ()

    def entity_names(self) -> dict[str, str]:
        """The name to publish of each entity by its plain name."""
        spelled = tuple(self.spellings.get("entity", ()))
        names = dict(zip(plain_words(spelled), spelled, strict=True))
        return names | {plain(name): self.ourselves[0] for name in self.ourselves}


def matcher_among(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return what says "Did you mean …?" of a word where all close names mean one thing, else "".

    `names` says what each plain name means.
    """
    words = CloseWords(tuple(names))

    def only_match(word: str) -> str:
        meant = {names[name] for name in words.close_to(plain(word), most=3, cutoff=0.75)}
        return f"Did you mean {meant.pop()!r}?" if len(meant) == 1 else ""

    return only_match
