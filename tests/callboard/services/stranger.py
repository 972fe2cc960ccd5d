"""A database nobody made for Callboard: a helpdesk's export, orders, people, and what fits nothing.

The same tables on SQLite and PostgreSQL. Its helpdesk rows are those of no real person.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import sqlalchemy as sa

NOW = datetime.fromisoformat("2026-03-02T12:00:00")
DESKS = ("North Desk", "South Desk", "E-Shop Häuser")
HOSTILE = "Robert'); DROP TABLE zendesk_export;--"
HOSTILE_COLUMN = 'lcp "seconds" %s :x'
HOSTILE_SITES = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>")
TICKETS, ORDERS = 600, 400


def create_stranger(url: str) -> None:
    """Make the tables and fill them."""
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    metadata = sa.MetaData()
    tables = [make(metadata) for make in (_tickets, _orders, _people, _log, _hostile)]
    metadata.create_all(engine)
    with engine.begin() as conn:
        for table, rows in zip(tables, _all_rows(), strict=True):
            conn.execute(table.insert(), list(rows))
        conn.execute(sa.text("CREATE VIEW answers AS " + _ANSWERS))
    engine.dispose()


def _tickets(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "zendesk_export",
        metadata,
        sa.Column("ticket_id", sa.Integer, primary_key=True),
        sa.Column("brand", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("lastModified", sa.DateTime, nullable=False),
        sa.Column("via", sa.Text),
        sa.Column("ticket_type", sa.Text),
        sa.Column("disposition", sa.Text),
        sa.Column("queue_seconds", sa.Float),
        sa.Column("talk_seconds", sa.Float),
        sa.Column("reply_time_in_minutes", sa.Float),
        sa.Column("resolution_hours", sa.Float),
        sa.Column("solved", sa.Boolean, nullable=False),
        sa.Column("was_reopened", sa.Boolean, nullable=False),
        sa.Column("requester_email", sa.Text),
        sa.Column("requester_name", sa.Text),
        sa.Column("subject", sa.Text),
    )


def _orders(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "sales_orders",
        metadata,
        sa.Column("order_no", sa.String(20), primary_key=True),
        sa.Column("shop", sa.Integer, nullable=False),
        sa.Column("order_date", sa.DateTime, nullable=False),
        sa.Column("promised_for", sa.DateTime, nullable=False),
        sa.Column("handed_over_at", sa.DateTime),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("courier", sa.Text),
        sa.Column("in_full", sa.Boolean, nullable=False),
        sa.Column("incomplete", sa.Boolean, nullable=False),
        sa.Column("qty", sa.Integer, nullable=False),
        sa.Column("ship_address", sa.Text),
    )


def _people(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "employees",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("full_name", sa.Text),
        sa.Column("contact", sa.Text),
        sa.Column("hired", sa.Date),
        sa.Column("salary", sa.Float),
    )


def _log(metadata: sa.MetaData) -> sa.Table:
    return sa.Table("app_log", metadata, sa.Column("line", sa.Text), sa.Column("level", sa.Integer))


def _hostile(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        HOSTILE,
        metadata,
        sa.Column("view id", sa.Text, primary_key=True),
        sa.Column("site; --", sa.Text),
        sa.Column("opened.at", sa.DateTime),
        sa.Column("select", sa.Text),
        sa.Column(HOSTILE_COLUMN, sa.Float),
        sa.Column("checkout (started)", sa.Boolean),
        sa.Column("checked out?", sa.Boolean),
    )


@cache
def ticket_rows() -> tuple[dict[str, Any], ...]:
    """What the helpdesk exported."""
    dice = Random(7)
    return tuple(_ticket(dice, number) for number in range(TICKETS))


@cache
def order_rows() -> tuple[dict[str, Any], ...]:
    """What was ordered."""
    dice = Random(8)
    return tuple(_order(dice, number) for number in range(ORDERS))


def _all_rows() -> Iterator[Iterator[dict[str, Any]]]:
    yield iter(ticket_rows())
    yield iter(order_rows())
    yield (
        {
            "id": number,
            "full_name": f"Person {number}",
            "contact": f"person{number}@example.org",
            "hired": date(2020, 1, 1),
            "salary": 1.0,
        }
        for number in range(50)
    )
    yield ({"line": f"line {number}", "level": number % 3} for number in range(50))
    yield (
        {
            "view id": f"<b>{number}</b>",
            "site; --": HOSTILE_SITES[number % 2],
            "opened.at": NOW - timedelta(hours=number + 1),
            "select": ("phone", "desktop")[number % 2],
            HOSTILE_COLUMN: 1.5,
            "checkout (started)": True,
            "checked out?": number % 3 > 0,
        }
        for number in range(60)
    )


def _ticket(dice: Random, number: int) -> dict[str, Any]:
    opened = NOW - timedelta(minutes=97 * number + 60)
    solved = dice.random() < 0.9
    return {
        "ticket_id": 1000 + number,
        "brand": dice.choice(DESKS),
        "opened_at": opened,
        "lastModified": opened + timedelta(minutes=30),
        "via": dice.choice(["phone", "email", None]),
        "ticket_type": dice.choice(["question", "question", "complaint", "request"]),
        "disposition": dice.choice(["answered", "answered", "answered", "abandoned"]),
        "queue_seconds": -5.0 if number == 3 else float(dice.randrange(120)),
        "talk_seconds": float(dice.randrange(600)),
        "reply_time_in_minutes": float(dice.randrange(600)),
        "resolution_hours": float(dice.randrange(90)) if solved else None,
        "solved": solved,
        "was_reopened": dice.random() < 0.1,
        "requester_email": f"someone{number}@example.org",
        "requester_name": "Someone",
        "subject": f"About order {number}",
    }


def _order(dice: Random, number: int) -> dict[str, Any]:
    ordered = NOW - timedelta(hours=5 * number + 60)
    delivered = ordered + timedelta(hours=dice.randrange(20, 60)) if number > 10 else None
    return {
        "order_no": f"SO-{number:05d}",
        "shop": dice.choice([1, 2]),
        "order_date": ordered,
        "promised_for": ordered + timedelta(hours=48),
        "handed_over_at": delivered,
        "changed_at": max(ordered, delivered or ordered),
        "courier": dice.choice(["DHL", "UPS"]),
        "in_full": dice.random() < 0.9,
        "incomplete": dice.random() < 0.1,
        "qty": dice.randrange(1, 5),
        "ship_address": f"{number} High Street",
    }


_ANSWERS = (
    "SELECT ticket_id AS response_id, brand AS store, lastModified AS submitted, 'csat' AS question,"
    " 1 + ticket_id % 5 AS rating FROM zendesk_export"
).replace("lastModified", '"lastModified"')
