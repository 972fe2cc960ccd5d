"""The small workspace with a composite of two of its metrics."""

from dataclasses import replace

from callboard.services.runtime import Runtime
from metrics.model import Metric

DELIVERY = {
    "metric": "delivery_index",
    "name": "Delivery index",
    "question": "How good is delivery?",
    "pillar": "Delivery",
    "key": "Efficiency",
    "better": "higher",
    "unit": "points",
    "form": "composite",
    "rationale": "What customers said.",
}
COMPONENTS = (
    {"metric": "otd", "weight": 3, "better": "higher", "transform": "min_max", "range": (50, 100)},
    {"metric": "returns", "weight": 1, "better": "lower", "transform": "min_max", "range": (0, 10)},
)


def with_index(runtime: Runtime, **changes: object) -> Runtime:
    """The runtime with the composite, whose file says `changes`."""
    definitions = runtime.definitions
    metric = Metric.model_validate({**DELIVERY, "components": COMPONENTS, **changes})
    parts = [definitions.metrics[each.metric] for each in metric.components or ()]
    metrics = {**definitions.metrics, metric.code: metric.made_of(parts)}
    return replace(runtime, definitions=replace(definitions, metrics=metrics))


def index_of(otd: float, returns: float) -> float:
    """The score by plain arithmetic, both in percent."""
    return (3 * (otd - 50) / 50 * 100 + 1 * (10 - returns) / 10 * 100) / 4
