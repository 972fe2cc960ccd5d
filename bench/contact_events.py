"""A million contacts to measure a refresh on, the same at every run."""

from collections.abc import Iterator

import numpy as np
import sqlalchemy as sa

ROWS, DAYS = 1_000_000, 790
START = np.datetime64("2024-09-22T00:00:00")
CHOICES = {
    "touchpoint": (["desk", "centre", "chat", "social"], [0.3, 0.4, 0.2, 0.1]),
    "channel": (["phone", "email", "chat", "form", "visit"], [0.4, 0.3, 0.15, 0.1, 0.05]),
    "region": (["North", "South", "East", "West", "Capital"], [0.2] * 5),
    "team": (["Blue", "Green", "Amber", "Red", "Day", "Night"], [0.2, 0.2, 0.2, 0.2, 0.1, 0.1]),
    "kind": (["question", "request", "complaint", "compliment"], [0.5, 0.35, 0.1, 0.05]),
    "topic": (["billing", "delivery", "returns", "account"], [0.25] * 4),
    "outcome": (["answered", "abandoned", "self_service"], [0.8, 0.05, 0.15]),
}
COLUMNS = {
    "contact_id": "TEXT PRIMARY KEY",
    "touchpoint": "TEXT",
    "created_at": "TIMESTAMPTZ",
    "updated_at": "TIMESTAMPTZ",
    **dict.fromkeys(("channel", "region", "team", "kind", "topic", "outcome"), "TEXT"),
    **dict.fromkeys(("wait_seconds", "handle_seconds"), "DOUBLE PRECISION"),
    **dict.fromkeys(("first_response_hours", "resolve_hours"), "DOUBLE PRECISION"),
    **dict.fromkeys(("is_resolved", "solved_first_contact", "reopened"), "INTEGER"),
    **dict.fromkeys(("has_sla", "sla_met"), "INTEGER"),
}


def fill(url: str) -> None:
    """Write the contacts into an empty database, with the indexes that a feed should have."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with engine.begin() as conn:
        conn.exec_driver_sql(f"CREATE TABLE contacts ({columns})")
        if engine.dialect.name == "sqlite":
            places = ", ".join("?" * len(COLUMNS))
            conn.exec_driver_sql(f"INSERT INTO contacts VALUES ({places})", list(events()))
        else:
            with (
                conn.connection.cursor() as cursor,
                cursor.copy("COPY contacts FROM STDIN") as copy,
            ):
                for row in events():
                    copy.write_row(row)
        conn.exec_driver_sql("CREATE INDEX by_time ON contacts (created_at)")
        conn.exec_driver_sql("CREATE INDEX by_change ON contacts (updated_at)")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql("ANALYZE")
    engine.dispose()


def events() -> Iterator[tuple[object, ...]]:
    dice = np.random.default_rng(20261122)
    seconds = np.sort(dice.integers(0, DAYS * 86_400, ROWS))
    moments = np.char.replace((START + seconds.astype("timedelta64[s]")).astype(str), "T", " ")
    picked = {
        name: np.array(words)[dice.choice(len(words), ROWS, p=shares)].tolist()
        for name, (words, shares) in CHOICES.items()
    }
    wait, handle = dice.lognormal(3, 1, ROWS).round(1), dice.lognormal(5.5, 0.7, ROWS).round(1)
    first, resolve = dice.lognormal(0, 1, ROWS).round(3), dice.lognormal(2.5, 1, ROWS).round(2)
    wait, handle = np.minimum(wait, 14_400), np.minimum(handle, 86_400)
    flags = {name: (dice.random(ROWS) < share).astype(int) for name, share in FLAGS.items()}
    resolved, has_sla = flags["is_resolved"], flags["has_sla"]
    answered = np.array(picked["outcome"]) == "answered"
    return zip(
        (f"c{number:07d}" for number in range(ROWS)),
        picked["touchpoint"],
        *(moments.tolist(),) * 2,
        *(picked[name] for name in ("channel", "region", "team", "kind", "topic", "outcome")),
        wait.tolist(),
        known(handle, answered),
        first.tolist(),
        known(resolve, resolved),
        resolved.tolist(),
        known(flags["solved_first_contact"], resolved),
        flags["reopened"].tolist(),
        has_sla.tolist(),
        known(flags["sla_met"], has_sla),
        strict=True,
    )


FLAGS = {
    "is_resolved": 0.95,
    "solved_first_contact": 0.75,
    "reopened": 0.05,
    "has_sla": 0.6,
    "sla_met": 0.9,
}


def known(values: np.ndarray, where: np.ndarray) -> list[object]:
    """The values where there is one, else None."""
    return [value if here else None for value, here in zip(values.tolist(), where, strict=True)]
