"""From the definitions to the question that a refresh asks one feed."""

import hashlib
import json
from datetime import UTC, datetime

from callboard.services.defining.definitions import Definitions
from callboard.storage.feeds.question import FeedQuestion
from metrics.model import Metric, Unit

_WAY = 2  # changes whenever the same definitions would give other readings than before


def ask_about(definitions: Definitions, feed: str, now: datetime) -> FeedQuestion:
    """The question about all rows of `feed`, asked at `now`."""
    touchpoints = definitions.touchpoints.values()
    return FeedQuestion(
        contract=definitions.contracts[feed],
        metrics=metrics_of(definitions, feed),
        touchpoints={
            name: each.code for each in touchpoints for name in (each.code, *each.aliases)
        },
        zones={each.code: definitions.zone(each.code) for each in touchpoints},
        default_zone=definitions.workspace.time_zone,
        now=now,
        words={
            "metrics": frozenset(definitions.metrics),
            "units": frozenset(unit.value for unit in Unit),
        },
    )


def metrics_of(definitions: Definitions, feed: str) -> tuple[Metric, ...]:
    """The metrics that are read from `feed`, by code; composites are computed from what was."""
    return tuple(
        each
        for _, each in sorted(definitions.metrics.items())
        if feed in each.feeds and not each.is_composite
    )


def definition_mark(definitions: Definitions, feed: str) -> str:
    """A hash of all that readings of `feed` are made by: with another one they are made anew."""
    asked = ask_about(definitions, feed, datetime.min.replace(tzinfo=UTC))
    said = {
        "way": _WAY,
        "contract": asked.contract.sha256,
        "table": asked.contract.table,
        "metrics": {each.code: each.fingerprint for each in asked.metrics},
        "touchpoints": dict(asked.touchpoints),
        "zones": {**asked.zones, "": asked.default_zone},
        "cap": definitions.workspace.segment_cap,
    }
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
