"""Composites with the metrics that their components name; what names nothing is told."""

from collections.abc import Iterator, Mapping

from definition_files import Problem, nearest
from metrics.components import Component
from metrics.formula import Better
from metrics.model import Metric


def resolve(
    metrics: Mapping[str, Metric], files: Mapping[str, str]
) -> tuple[dict[str, Metric], list[Problem]]:
    """Return the metrics, each composite with its component metrics, and what is wrong with them.

    A composite that cannot be computed, or stands on one, is left out.
    """
    found = {code: metric for code, metric in metrics.items() if not metric.is_composite}
    problems = [
        problem
        for code, metric in metrics.items()
        for problem in _component_problems(metric, metrics, files[code])
    ]
    wrong = {problem.file for problem in problems}
    waiting = [code for code in metrics if code not in found and files[code] not in wrong]
    while ready := [code for code in waiting if _codes(metrics[code]) <= set(found)]:
        for code in ready:
            parts = metrics[code].components or ()
            found[code] = metrics[code].made_of(found[each.metric] for each in parts)
        waiting = [code for code in waiting if code not in found]
    circles = [
        Problem(
            file=files[code],
            key="components",
            found="a composite that is made of itself, by way of its components",
            expected="components that do not lead back to it",
        )
        for code in waiting
        if code in _reached(code, metrics)
    ]
    return found, problems + circles


def _codes(metric: Metric) -> set[str]:
    return {each.metric for each in metric.components or ()}


def _reached(code: str, metrics: Mapping[str, Metric]) -> set[str]:
    """Every metric that a composite stands on, through however many others."""
    reached: set[str] = set()
    ahead = [code]
    while ahead:
        new = _codes(metrics[ahead.pop()]) & set(metrics) - reached
        reached |= new
        ahead += new
    return reached


def _component_problems(
    metric: Metric, metrics: Mapping[str, Metric], file: str
) -> Iterator[Problem]:
    for at, component in enumerate(metric.components or ()):
        key = f"components.{at}"
        if component.metric not in metrics:
            yield Problem(
                file=file,
                key=f"{key}.metric",
                found=f"the unknown metric {component.metric!r}",
                expected="a metric of the library or of this workspace",
                suggestion=nearest(component.metric, metrics),
            )
            continue
        yield from _disagreements(component, metrics[component.metric], file=file, key=key)


def _disagreements(
    component: Component, metric: Metric, *, file: str, key: str
) -> Iterator[Problem]:
    directed = (Better.HIGHER, Better.LOWER)
    if metric.better is Better.BAND:
        yield Problem(
            file=file,
            key=f"{key}.metric",
            found=f"{metric.code!r}, of which neither more nor less is better but a band",
            expected="a metric that gets better one way",
        )
    elif metric.better in directed and component.better is not metric.better:
        yield Problem(
            file=file,
            key=f"{key}.better",
            found=repr(component.better.value),
            expected=f"{metric.better.value!r}, which the metric {metric.code!r} says",
        )
    if component.version != metric.version:
        yield Problem(
            file=file,
            key=f"{key}.version",
            found=f"version {component.version} of {metric.code!r}, which is at {metric.version}",
            expected=f"{metric.version}",
            suggestion="See whether weight and scale still fit, then raise the composite's own "
            "version too.",
        )
