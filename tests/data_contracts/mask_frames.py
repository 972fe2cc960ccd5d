"""Random frames with every kind of defect, and a check of each kind over them."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from data_contracts.model import Check, ColumnType, Dimension, Kind, Severity

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = {"touchpoints": {"desk", "web"}}


def check(kind: Kind, column: str, **parts: object) -> Check:
    """A critical check, named after its kind and column."""
    return Check(
        rule_id=f"{column}.{kind.value}",
        kind=kind,
        column=column,
        **{
            "severity": Severity.CRITICAL,
            "dimension": Dimension.ACCURACY,
            "description": "It holds.",
            **parts,
        },
    )


CHECKS = (
    check(Kind.REQUIRED, "minutes", column_type=ColumnType.NUMBER),
    check(Kind.RANGE, "minutes", low=0, high=600, column_type=ColumnType.NUMBER),
    check(Kind.ONE_OF, "city", values=("Oslo", "Bergen")),
    check(Kind.KNOWN, "touchpoint", reference="touchpoints"),
    check(Kind.PATTERN, "code", pattern="^[a-z]+[0-9]$"),
    check(Kind.LENGTH, "code", low=2, high=4),
    check(Kind.NOT_BEFORE, "left_at", other="came_at", column_type=ColumnType.TIMESTAMP),
    check(Kind.NOT_FUTURE, "came_at", column_type=ColumnType.TIMESTAMP),
    check(Kind.UNIQUE, "city", columns=("city", "code")),
    check(Kind.REQUIRED, "code", where=("city", ("Oslo",))),
)


def random_frame(seed: int, rows: int) -> pd.DataFrame:
    """A frame in which every check of CHECKS fails on some rows and every value may be missing."""
    chance = np.random.default_rng(seed)
    came = np.datetime64("2026-11-01") + chance.integers(0, 30 * 86_400, rows).astype("m8[s]")
    left = came + chance.integers(-3_600, 36_000, rows).astype("m8[s]")
    frame = pd.DataFrame(
        {
            "minutes": chance.integers(-100, 800, rows).astype("float64"),
            "city": pd.Series(chance.choice(["Oslo", "Bergen", "Bodø"], rows), dtype="str"),
            "touchpoint": pd.Series(chance.choice(["desk", "web", "moon"], rows), dtype="str"),
            "code": pd.Series(chance.choice(["a1", "ab", "abcd9", "x1y", "B2"], rows), dtype="str"),
            "came_at": came.astype("M8[us]"),
            "left_at": left.astype("M8[us]"),
        }
    )
    return frame.mask(pd.DataFrame(chance.random(frame.shape) < 0.1, columns=frame.columns))
