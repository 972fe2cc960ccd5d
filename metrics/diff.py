"""Two versions of a metric -> everything that is measured or judged otherwise.

Another unit, form, formula or direction makes another number of it, whatever it is called.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from definition_files import Edit, Weight, edit, redefined, retold
from metrics.model import Better, Metric

_MEANING = (
    *("metric", "unit", "per", "form", "feed", "numerator", "denominator", "value", "where"),
    *("open", "percentile", "promoters_from", "detractors_to", "stock", "components", "divisor"),
    *("missing", "better", "band", "population", "method", "clock", "grain"),
)
_DEFINED_IN_WORDS = ("description", "question", "base", "counts", "misses")
_WORDS = ("name", "pillar", "key", "rationale", "decimals", "synonyms", "trades_with")
_STRICTER_IF_MORE = {"min_n": True, "lag_days": False, "benchmark_max_age": False}
_BESIDES = ("dimensions", "target", "retired", "changes")
TOLD = frozenset((*_MEANING, *_DEFINED_IN_WORDS, *_WORDS, *_STRICTER_IF_MORE, *_BESIDES))
_WITHOUT_ORDER = ("where", "open", "components", "in", "not_in")


def diff_metrics(old: Metric, new: Metric) -> tuple[Edit, ...]:
    """Return every edit from `old` to `new`; the versions themselves are none."""
    before, after = _plain(old), _plain(new)
    return (
        *_meaning(before, after),
        *_dimensions(old.dimensions, new.dimensions),
        *_limits(old, new),
        *_target(old, new),
        *_ends(old, new),
        *_words(before, after),
    )


def needed_metric_version(edits: Iterable[Edit], old: int) -> int:
    """The lowest version after `old` that tells of the edits; words need none."""
    return old + any(each.is_heavy for each in edits)


def _plain(metric: Metric) -> dict[str, Any]:
    told = metric.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: _unordered(key, value) for key, value in told.items()}


def _unordered(key: str, value: Any) -> Any:
    """A value with its lists sorted where their order says nothing."""
    if isinstance(value, dict):
        kind = str(value.get("is", ""))
        return {
            each: _unordered(kind if each == "value" else each, part)
            for each, part in value.items()
            if part not in (None, [])
        }
    if isinstance(value, list):
        parts = [_unordered("", each) for each in value]
        return sorted(parts, key=_text) if key in _WITHOUT_ORDER else parts
    return value


def _text(value: Any) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace('"', "")


def _meaning(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Edit]:
    for key in _MEANING:
        one, other = before.get(key), after.get(key)
        if one != other:
            sentence = f"It was {_text(one)}, it is {_text(other)} now."
            yield edit(key, sentence, Weight.BREAKING)


def _dimensions(old: Collection[str] | None, new: Collection[str] | None) -> Iterator[Edit]:
    """None means all that the feed has."""
    if (None if old is None else set(old)) == (None if new is None else set(new)):
        return
    is_less = new is not None and (old is None or not set(old) <= set(new))
    one, other = ("all" if each is None else ", ".join(each) or "none" for each in (old, new))
    sentence = f"It could be split by {one}, it can be by {other} now."
    yield edit("dimensions", sentence, Weight.BREAKING if is_less else Weight.COMPATIBLE)


def _limits(old: Metric, new: Metric) -> Iterator[Edit]:
    for key, is_stricter in _STRICTER_IF_MORE.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            is_tightened = (after > before) is is_stricter
            weight = Weight.TIGHTENED if is_tightened else Weight.LOOSENED
            yield edit(key, f"It was {before}, it is {after} now.", weight)


def _target(old: Metric, new: Metric) -> Iterator[Edit]:
    """A target that is easier to meet promises less."""
    if old.target == new.target:
        return
    sentence = f"It was {_text(old.target)}, it is {_text(new.target)} now."
    yield edit("target", sentence, _weight_of_target(old.target, new))


def _weight_of_target(old: float | None, new: Metric) -> Weight:
    if old is None:
        return Weight.TIGHTENED
    if new.target is None:
        return Weight.LOOSENED
    harder = {Better.HIGHER: new.target > old, Better.LOWER: new.target < old}
    return Weight.TIGHTENED if harder.get(new.better, False) else Weight.LOOSENED


def _ends(old: Metric, new: Metric) -> Iterator[Edit]:
    if old.retired != new.retired:
        is_sooner = bool(old.retired and new.retired and new.retired < old.retired)
        one, other = (each.isoformat() if each else "open" for each in (old.retired, new.retired))
        sentence = f"Its last day was {one}, it is {other} now."
        yield edit("retired", sentence, Weight.LOOSENED if is_sooner else Weight.COMPATIBLE)
    if old.changes != new.changes:
        is_all_kept = new.changes[: len(old.changes)] == old.changes
        sentence = (
            "There are further days from which on the data follow another version."
            if is_all_kept
            else "Days from which on the data follow another version are gone or moved."
        )
        yield edit("changes", sentence, Weight.COMPATIBLE if is_all_kept else Weight.LOOSENED)


def _words(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Edit]:
    for key in _DEFINED_IN_WORDS:
        told = redefined(key, str(before.get(key, "")), str(after.get(key, "")))
        if told is not None:
            yield told
    for key in _WORDS:
        if before.get(key) != after.get(key):
            told = retold(key, _text(before.get(key)), _text(after.get(key)))
            if told is not None:
                yield told
