"""A mergeable sketch of a distribution: counts per logarithmic bucket, 1 % relative error.

Masson, Rim and Lee, "DDSketch", PVLDB 12 (2019). The same buckets can be filled by SQL.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

import orjson

ACCURACY = 0.01
GAMMA = (1 + ACCURACY) / (1 - ACCURACY)
SMALLEST = 1e-9
_LOG_GAMMA = math.log(GAMMA)


def bucket_of(value: float) -> int:
    """The bucket that holds `value`, which must be at least `SMALLEST`."""
    return math.ceil(math.log(value) / _LOG_GAMMA)


def bucket_value(bucket: int) -> float:
    """The number that stands for a bucket, at most 1 % from any number in it."""
    return float(2 * GAMMA**bucket / (GAMMA + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """How many values fell in each bucket; `zeros` counts those below `SMALLEST`, and negatives."""

    zeros: int = 0
    buckets: Mapping[int, int]

    @property
    def count(self) -> int:
        """How many values the sketch has seen."""
        return self.zeros + sum(self.buckets.values())

    def quantile(self, share: float) -> float | None:
        """The value below which `share` (0-1) of the values lie, None for an empty sketch.

        It is within 1 % of the value of rank floor(share x (count - 1)), counted from 0.
        """
        ordered = sorted(self.buckets)
        up_to = list(accumulate(map(self.buckets.__getitem__, ordered), initial=self.zeros))
        if up_to[-1] == 0:
            return None
        place = bisect_right(up_to, math.floor(share * (up_to[-1] - 1)))
        return bucket_value(ordered[place - 1]) if place else 0.0

    def to_json(self) -> str:
        """The sketch as compact text, buckets in order: `{"z":3,"b":{"123":4}}`."""
        ordered = {str(bucket): self.buckets[bucket] for bucket in sorted(self.buckets)}
        return orjson.dumps({"z": self.zeros, "b": ordered}).decode()


def sketch_of(values: Iterable[float]) -> Sketch:
    """The sketch of some numbers; what is not a number (NaN) is left out."""
    known = [value for value in values if not math.isnan(value)]
    large = Counter(bucket_of(value) for value in known if value >= SMALLEST)
    return Sketch(zeros=len(known) - large.total(), buckets=dict(large))


def merge_sketches(sketches: Iterable[Sketch]) -> Sketch:
    """One sketch of all values that the given ones have seen, exactly as if sketched together."""
    zeros, buckets = 0, Counter[int]()
    for each in sketches:
        zeros += each.zeros
        buckets.update(each.buckets)
    return Sketch(zeros=zeros, buckets=dict(buckets))


def read_sketch(text: str) -> Sketch:
    """Read what `to_json` or the SQL of a feed wrote. Raises ValueError for anything else."""
    try:
        document = orjson.loads(text)
        return Sketch(
            zeros=int(document.get("z", 0)),
            buckets=dict(zip(map(int, document["b"]), document["b"].values(), strict=True)),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a sketch: {text[:60]!r}") from error
