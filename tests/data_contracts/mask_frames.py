"""Random frames with every kind of defect, and a check of each kind over them."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from data_contracts.model import Check, ColumnType, Dimension, Kind, Severity

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = {"touchpoints": {"desk", "web"}}


def check(kind: Kind, column: str, **parts: object) -> Check:
    """A critical check, named after its kind and column."""
    return Check(
        kind=kind,
        column=column,
        **{
            "rule_id": f"{column}.{kind.value}",
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
    check(Kind.MULTIPLE, "minutes", multiple=0.1, column_type=ColumnType.NUMBER),
    check(Kind.MISSING, "city", values=("Rome", "Bodø"), counts_missing=True),
    check(Kind.MISSING, "stars", values=("0", "9"), column_type=ColumnType.INTEGER),
    check(Kind.ONE_OF, "stars", values=("1", "2", "3"), column_type=ColumnType.INTEGER),
    check(
        Kind.OVERLAP,
        "came_at",
        other="left_at",
        columns=("city", "touchpoint"),
        column_type=ColumnType.TIMESTAMP,
    ),
    check(
        Kind.RANGE,
        "left_at",
        earliest="2026-11-02T00:00:00",
        latest="2026-11-20T12:30:00",
        is_high_open=True,
        column_type=ColumnType.TIMESTAMP,
    ),
    check(
        Kind.RANGE,
        "stars",
        low=1,
        high=4,
        is_low_open=True,
        is_high_open=True,
        column_type=ColumnType.INTEGER,
    ),
    check(Kind.TYPE, "flag", column_type=ColumnType.BOOLEAN),
    check(Kind.RANGE, "day", earliest="2026-11-10", column_type=ColumnType.DATE),
)

NARROWED = tuple(
    replace(each, rule_id=f"{each.rule_id}.where", where=("touchpoint", ("desk", "moon")))
    for each in CHECKS
    if each.where is None
)


def random_frame(seed: int, rows: int) -> pd.DataFrame:
    """A frame in which every check of CHECKS fails on some rows and every value may be missing."""
    chance = np.random.default_rng(seed)
    came = np.datetime64("2026-11-01") + chance.integers(0, 30 * 86_400, rows).astype("m8[s]")
    left = came + chance.integers(-3_600, 36_000, rows).astype("m8[s]")
    frame = pd.DataFrame(
        {
            "minutes": chance.choice([-100, 0, 0.3, 7.25, 1e9, 550], rows)
            + chance.integers(0, 99, rows),
            "city": pd.Series(chance.choice(["Oslo", "Bergen", "Bodø"], rows), dtype="str"),
            "touchpoint": pd.Series(chance.choice(["desk", "web", "moon"], rows), dtype="str"),
            "code": pd.Series(chance.choice(["a1", "ab", "abcd9", "x1y", "B2"], rows), dtype="str"),
            "came_at": came.astype("M8[us]"),
            "left_at": left.astype("M8[us]"),
            "stars": chance.integers(0, 6, rows).astype("float64"),
            "flag": pd.Series(chance.choice(["true", "0", "False", "no"], rows), dtype="str"),
            "day": pd.Series(came.astype("M8[D]").astype("str"), dtype="str"),
        }
    )
    return frame.mask(pd.DataFrame(chance.random(frame.shape) < 0.1, columns=frame.columns))
