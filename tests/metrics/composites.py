"""Composites made up for tests, over as many plain metrics as they have components."""

from collections.abc import Mapping, Sequence

from metrics.model import Metric

COMPONENT = {
    "question": "How many?",
    "pillar": "Quality",
    "key": "Show",
    "unit": "count",
    "form": "count",
    "feed": "contacts",
    "numerator": {},
}
AQR_WEIGHTS = (8.63, 8.03, 7.92, 7.17)


def component(weight: float, *, better: str = "higher", **scale: object) -> dict[str, object]:
    """A component as a file has it; as it is, unless a scale is given."""
    chosen = scale or {"transform": "identity", "scale": 1}
    return {"weight": weight, "better": better, **chosen}


def composite(components: Sequence[Mapping[str, object]], **changes: object) -> Metric:
    """A composite of components, whose metrics are called m0, m1 and so on."""
    named = [{"metric": f"m{at}", **each} for at, each in enumerate(components)]
    metric = Metric.model_validate(
        {
            "metric": "index",
            "name": "Index",
            "question": "How good is it?",
            "pillar": "Quality",
            "key": "Show",
            "better": "higher",
            "unit": "points",
            "form": "composite",
            "rationale": "For tests.",
            "components": named,
            **changes,
        }
    )
    parts = [
        Metric.model_validate(
            {
                "metric": each["metric"],
                "name": each["metric"],
                "better": each["better"],
                **COMPONENT,
            }
        )
        for each in named
    ]
    return metric.made_of(parts)


def airline_quality_rating(**changes: object) -> Metric:
    """The published formula over the published units: on-time in percent, the others rates."""
    on_time, *against = AQR_WEIGHTS
    return composite(
        [
            component(on_time, transform="identity", scale=0.01),
            *(component(weight, better="lower") for weight in against),
        ],
        **changes,
    )
