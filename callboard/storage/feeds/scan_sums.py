"""The sums a scan brings, kept until the gate has spoken: wholes in memory, segments on disk."""

from collections.abc import Iterator, Sequence
from datetime import date
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson

UNKNOWN = "unknown"
OTHER = "other"
WHOLE = -1
_IN_MEMORY = 64_000_000
# Several groups of a scan may go by these names; those of all others are single.
_GATHERED = frozenset({None, "", UNKNOWN, OTHER})


class Sums(NamedTuple):
    """The measures of the rows of one day, touchpoint and segment that keep their contract.

    `arm` is the place of the dimension in the plan; WHOLE is the touchpoint, without a segment.
    A segment is text, or the hour.
    """

    arm: int
    day: date
    touchpoint: str
    segment: Any
    values: Sequence[Any]


class KeptSums:
    """Sums by day, touchpoint and segment, and the wholes they make; a context manager.

    `joined` says of each measure whether it is a text that is joined, not a number that is added.
    """

    def __init__(self, joined: Sequence[bool], *, has_segments: bool) -> None:
        """Keep nothing yet."""
        self._joined = joined
        self._has_segments = has_segments
        self._wholes: dict[tuple[date, str], list[Any]] = {}
        self._gathered: dict[tuple[int, date, str, str], list[Any]] = {}
        self._file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
        self._batch: list[tuple[Any, ...]] = []
        self._later: dict[tuple[int, date, str, Any], list[Any]] = {}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget everything."""
        self._file.close()

    @property
    def days(self) -> tuple[date, ...]:
        """The days that have sums, in order."""
        return tuple(sorted({day for day, _ in self._wholes}))

    def add(
        self, arm: int, day: date, touchpoint: str, segment: Any, values: Sequence[Any]
    ) -> None:
        """Keep the measures of one group; those of the first arm make the wholes too."""
        if arm == 0:
            self._put(self._wholes, (day, touchpoint), values)
        if not self._has_segments:
            return
        if segment in _GATHERED:
            self._put(self._gathered, (arm, day, touchpoint, segment or UNKNOWN), values)
        else:
            self._batch.append((arm, day, touchpoint, segment, *values))

    def include(self, other: "KeptSums") -> None:
        """Add the sums of another, small scan of rows that this one does not have."""
        for arm, day, touchpoint, segment, values in other.read():
            if arm == WHOLE:
                self._put(self._wholes, (day, touchpoint), values)
            elif segment in _GATHERED:
                self._put(self._gathered, (arm, day, touchpoint, segment), values)
            else:
                self._put(self._later, (arm, day, touchpoint, segment), values)

    def flush(self) -> None:
        """Write what came since the last time to the file."""
        if self._batch:
            self._file.write(orjson.dumps(self._batch) + b"\n")
            self._batch = []

    def wholes(self) -> Iterator[Sums]:
        """The sums of whole touchpoints."""
        for (day, touchpoint), values in self._wholes.items():
            yield Sums(WHOLE, day, touchpoint, "", values)

    def read(self) -> Iterator[Sums]:
        """Every whole, then every segment."""
        yield from self.wholes()
        for (arm, day, touchpoint, segment), values in self._gathered.items():
            yield Sums(arm, day, touchpoint, segment, values)
        self.flush()
        self._file.seek(0)
        days: dict[str, date] = {}
        later = dict(self._later)
        for line in self._file:
            for arm, told, touchpoint, segment, *values in orjson.loads(line):
                day = days.get(told) or days.setdefault(told, date.fromisoformat(told))
                more = later.pop((arm, day, touchpoint, segment), None) if later else None
                yield Sums(arm, day, touchpoint, segment, self._both(values, more))
        for (arm, day, touchpoint, segment), values in later.items():
            yield Sums(arm, day, touchpoint, segment, values)

    def _both(self, values: list[Any], more: list[Any] | None) -> list[Any]:
        if more is not None:
            self._add(values, more)
        return values

    def _put(self, into: dict[Any, list[Any]], key: object, values: Sequence[Any]) -> None:
        there = into.get(key)
        if there is None:
            into[key] = list(values)
            return
        self._add(there, values)

    def _add(self, there: list[Any], values: Sequence[Any]) -> None:
        for i, value in enumerate(values):
            if value is not None:
                old = there[i]
                there[i] = value if old is None else _joined(old, value, self._joined[i])


def _joined(old: Any, new: Any, is_text: bool) -> Any:  # noqa: FBT001 - called a million times
    return f"{old},{new}" if is_text else old + new
