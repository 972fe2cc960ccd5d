"""Evidence (counts per rule) + contract -> whether a run may be published.

The only importer of great_expectations: on first use, under a lock, never on a page's read path.
It judges a small frame of counts by aggregate expectations. No row and no value of the data ever
reaches it, so none can be in its result.
"""

import json
import logging
import threading
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import pandas as pd

from data_contracts.bounds import COLUMNS, TABLE, Bound, dataset_bounds, row_bounds
from data_contracts.evidence import (
    DatasetEvidence,
    Evidence,
    GateVerdict,
    RuleResult,
    State,
    WaivedRule,
)
from data_contracts.gates.slices import slice_bounds, with_days
from data_contracts.model import Contract, Severity

_LOCK = threading.Lock()


def judge_run(
    contract: Contract,
    evidence: Sequence[Evidence],
    dataset: DatasetEvidence,
    *,
    waivers: Sequence[WaivedRule] = (),
) -> GateVerdict:
    """Return the verdict on a run: every rule's result, and the reasons that hold it back.

    Give evidence (of 0 rows, where that is so) or an error for every check. Rules of rows never
    hold a run back themselves: their rows are quarantined, and the share of those does. Gates of
    slices hold only the days they name. A broken rule among `waivers` (give those in force) holds
    nothing back; one without an answer does. A draft is held back only where nothing can be read.
    """
    bounds = (
        *row_bounds(contract, evidence, dataset),
        *dataset_bounds(contract, dataset),
        *slice_bounds(contract, dataset),
    )
    judged = _judge(contract.feed, bounds)
    results = tuple(_waived(_result(bound, judged), waivers) for bound in bounds)
    pairs = [
        (bound, result)
        for bound, result in zip(bounds, results, strict=True)
        if not dataset.is_draft or bound.rule_id in (TABLE, COLUMNS)
    ]
    reasons = tuple(reason for bound, result in pairs if (reason := _held_back_by(bound, result)))
    verdict = GateVerdict(
        may_publish=not reasons,
        results=results,
        reasons=reasons,
        engine=judged.engine,
        document=judged.document,
        waived=tuple(each for each in waivers if any(_is_about(each, one) for one in results)),
    )
    return with_days(verdict, dataset)


def run_suite(suite: Mapping[str, Any], frame: pd.DataFrame) -> dict[str, int | str]:
    """Let Great Expectations judge rows: how many break each rule, or in words why it cannot say.

    `suite` is plain JSON whose expectations have a `rule` in their `meta`.
    """
    with _LOCK:
        gx = _great_expectations()
        context = _context(gx)
        made = gx.ExpectationSuite(name=suite["name"], expectations=list(suite["expectations"]))
        answer = _validate(context, made, frame)
    return {each["expectation_config"]["meta"]["rule"]: _rows(each) for each in answer["results"]}


def warm_up() -> None:
    """Import the engine, which takes seconds, before the first run has to wait for it."""
    with _LOCK:
        _great_expectations()


def _held_back_by(bound: Bound, result: RuleResult) -> str:
    is_waived = result.waived_until is not None
    if bound.severity is not Severity.CRITICAL or is_waived or bound.is_of_days:
        return ""
    if result.state is State.ERROR:
        return f"A rule could not be checked: {bound.description} ({result.message})"
    return bound.reason if result.state is State.FAIL else ""


def _waived(result: RuleResult, waivers: Sequence[WaivedRule]) -> RuleResult:
    days = [each.until for each in waivers if result.state is State.FAIL and _names(each, result)]
    return replace(result, waived_until=max(days)) if days else result


def _is_about(waiver: WaivedRule, result: RuleResult) -> bool:
    return result.waived_until is not None and _names(waiver, result)


def _names(waiver: WaivedRule, result: RuleResult) -> bool:
    return waiver.rule_id == result.rule_id and waiver.slice_key in ("", result.slice_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What Great Expectations said of each number, by its name: held, broken, or an error."""

    held: dict[str, bool]
    errors: dict[str, str]
    engine: str
    document: str


def _result(bound: Bound, judged: _Judged) -> RuleResult:
    error = bound.error or judged.errors.get(bound.name, "")
    if error:
        state = State.ERROR
    elif bound.observed is None:
        state = State.NOT_EVALUATED
    else:
        state = State.PASS if judged.held[bound.name] else State.FAIL
    message = bound.message or (bound.reason if state is State.FAIL else "")
    return RuleResult(
        rule_id=bound.rule_id,
        state=state,
        severity=bound.severity,
        dimension=bound.dimension,
        evaluated=bound.evaluated,
        failed=bound.failed,
        description=bound.description,
        threshold=next(
            (each for each in (bound.limit, bound.high, bound.low) if each is not None), 0.0
        ),
        slice_key=bound.slice_key,
        message=error or message,
        observed=bound.observed if bound.told is None else bound.told,
    )


def _judge(feed: str, bounds: Sequence[Bound]) -> _Judged:
    """Let Great Expectations judge the numbers, in a context that is never shared."""
    alike = _alike(bounds)
    with _LOCK:
        gx = _great_expectations()
        context = _context(gx)
        suite = gx.ExpectationSuite(feed)
        for group in alike.values():
            suite.add_expectation(_expectation(gx, group))
        frame = pd.DataFrame([{name: group[0].observed for name, group in alike.items()}])
        answer = _validate(context, suite, frame)
    held, errors = {}, {}
    for found in answer["results"]:
        for each in alike[found["expectation_config"]["meta"]["rule"]]:
            held[each.name] = bool(found["success"])
            if wrong := _exception(found.get("exception_info") or {}):
                errors[each.name] = wrong
    names = {each.name for group in alike.values() for each in group}
    errors |= dict.fromkeys(names - held.keys(), "no verdict came back")
    return _Judged(
        held=held,
        errors=errors,
        engine=f"great_expectations {gx.__version__}",
        document=json.dumps(_without_tracebacks(answer), separators=(",", ":"), sort_keys=True),
    )


def _alike(bounds: Sequence[Bound]) -> dict[str, list[Bound]]:
    """The bounds with a number, by the name of the first of those that ask the same of slices.

    A feed has hundreds of slices, most of them without a broken day: each is judged once, since an
    expectation takes milliseconds.
    """
    groups: dict[object, list[Bound]] = {}
    for each in bounds:
        if each.observed is not None:
            same = (each.rule_id, each.severity, each.observed, each.low, each.high)
            groups.setdefault(same if each.slice_key else each.name, []).append(each)
    return {group[0].name: group for group in groups.values()}


def _context(gx: ModuleType) -> Any:
    """A context that nobody else has; it is there before any suite, which needs one."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _validate(context: Any, suite: Any, frame: pd.DataFrame) -> dict[str, Any]:
    asset = context.data_sources.add_pandas("counts").add_dataframe_asset(suite.name)
    batch = asset.add_batch_definition_whole_dataframe("run").get_batch({"dataframe": frame})
    form = {"result_format": "BASIC", "partial_unexpected_count": 0}
    answer: dict[str, Any] = batch.validate(suite, result_format=form).to_json_dict()
    return answer


def _expectation(gx: ModuleType, alike: Sequence[Bound]) -> Any:
    bound, *others = alike
    kind = (
        gx.expectations.ExpectColumnMinToBeBetween
        if bound.high is None
        else gx.expectations.ExpectColumnMaxToBeBetween
    )
    counted = {
        "evaluated": sum(each.evaluated for each in alike),
        "failed": sum(each.failed for each in alike),
    }
    same = {"same": [each.name for each in others]} if others else {}
    return kind(
        column=bound.name,
        min_value=bound.low,
        max_value=bound.high,
        severity=bound.severity.value,
        meta={"rule": bound.name, **counted, **same},
    )


def _great_expectations() -> ModuleType:
    """Import the engine and undo what its import does to the whole process."""
    captured = warnings.showwarning.__module__ == "logging"
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations as gx  # noqa: PLC0415 - 3 s and 150 MB, so only when a run is judged

    if not captured:
        logging.captureWarnings(False)  # noqa: FBT003
    return gx


def _rows(found: dict[str, Any]) -> int | str:
    """How many rows break an expectation, or why that cannot be said."""
    if wrong := _exception(found.get("exception_info") or {}):
        return wrong
    rows = (found.get("result") or {}).get("unexpected_count")
    return "it does not count rows" if rows is None else int(rows)


def _exception(info: dict[str, Any]) -> str:
    """The message of an exception; it comes plain, or keyed by the metric that raised it."""
    if info.get("raised_exception"):
        return str(info.get("exception_message") or "an exception")
    inner = (value for value in info.values() if isinstance(value, dict))
    return next((message for each in inner if (message := _exception(each))), "")


def _without_tracebacks(node: Any) -> Any:
    """The same without stack traces, which name files of the machine."""
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if key != "exception_traceback"}
        return {key: _without_tracebacks(value) for key, value in kept.items()}
    return [_without_tracebacks(each) for each in node] if isinstance(node, list) else node
