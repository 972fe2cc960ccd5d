"""What people approve: kept for good, with the acts that let it hold or not.

Nothing is ever changed or thrown away: what is withdrawn stays with who withdrew it and why, and
may be brought back.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, select

from callboard.errors import CallboardError
from callboard.storage.publications import PublicationKind, add_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAct:
    """What somebody did: approved it, withdrew it, or brought it back, and why."""

    kind: PublicationKind
    actor: str
    at: datetime
    note: str
    publication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Something that `actor` approved `at` a moment for `reason`.

    `acts` are all that happened to it, oldest first.
    """

    id: int
    reason: str
    actor: str
    at: datetime
    acts: tuple[ApprovalAct, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it counts now."""
        return bool(self.acts) and not self.acts[-1].kind.is_withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesApproval(Approval):
    """Something approved of a metric at a touchpoint; `evidence` is what was seen then."""

    touchpoint: str
    metric: str
    evidence: str = ""


Kept = TypeVar("Kept", bound=Approval)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[Kept]):
    """Where approvals of one kind are kept: a table of them and one of the acts upon them.

    `noun` is what one is called, `kinds` what approving, withdrawing and bringing back make.
    """

    noun: str
    of: type[Kept]
    table: Table
    acts: Table
    kinds: tuple[PublicationKind, PublicationKind, PublicationKind]

    def add(self, conn: Connection, new: Kept, *, said: str) -> int:
        """Keep a new one and let it hold from now on; return its id. `said` goes to the audit."""
        told = {each.name: getattr(new, each.name) for each in fields(self.of)}
        kept = {name: told[name] for name in told if name not in ("id", "acts")}
        added = self.table.insert().values(**kept).returning(self.table.c.id)
        number = int(conn.execute(added).scalar_one())
        said = f"{self.noun} {number}, {said}: {new.reason}"
        self._act(conn, number, 0, actor_id=new.actor, at=new.at, note="", said=said)
        return number

    def withdraw(
        self,
        conn: Connection,
        number: int,
        *,
        actor_id: str,
        at: datetime,
        note: str,
        said: Callable[[Kept], str],
    ) -> int:
        """Let one hold no more; the publication number. CallboardError unless it held.

        `said` names in the audit what it is of.
        """
        found = self.read(conn, number)
        if not found.holds:
            raise CallboardError(
                f"{self.noun.capitalize()} {number} is withdrawn already. Nothing was changed."
            )
        told = f"{self.noun} {number} withdrawn, {said(found)}: {note}"
        return self._act(conn, number, 1, actor_id=actor_id, at=at, note=note, said=told)

    def restore(
        self,
        conn: Connection,
        number: int,
        *,
        actor_id: str,
        at: datetime,
        said: Callable[[Kept], str],
    ) -> int:
        """Let a withdrawn one hold again; the publication number. CallboardError if it holds."""
        found = self.read(conn, number)
        if found.holds:
            raise CallboardError(
                f"{self.noun.capitalize()} {number} holds already. Nothing was changed."
            )
        told = f"{self.noun} {number} back, {said(found)}: {found.reason}"
        return self._act(conn, number, 2, actor_id=actor_id, at=at, note="", said=told)

    def read(self, conn: Connection, number: int) -> Kept:
        """One with all that happened to it. CallboardError for one that is not there."""
        found = self._read(conn, self._select().where(self.table.c.id == number))
        if not found:
            raise CallboardError(f"There is no {self.noun} {number}.")
        return found[0]

    def read_all(self, conn: Connection, *where: ColumnElement[bool]) -> list[Kept]:
        """All, or those that fit, held and withdrawn, in the order of approval."""
        return self._read(conn, self._select().where(*where))

    def _act(  # noqa: PLR0913 - the columns of the row, by keyword
        self,
        conn: Connection,
        number: int,
        kind: int,
        *,
        actor_id: str,
        at: datetime,
        note: str,
        said: str,
    ) -> int:
        act = self.kinds[kind]
        publication = add_publication(conn, kind=act, actor_id=actor_id, note=said, at=at)
        row = {"act": act.value, "actor": actor_id, "at": at, "note": note}
        key = {self._owner.name: number, "publication": publication}
        conn.execute(self.acts.insert().values(**key, **row))
        return publication

    @property
    def _owner(self) -> Column[int]:
        return self.acts.c[f"{self.noun}_id"]

    def _select(self) -> Select[tuple[object, ...]]:
        act = self.acts.c
        told = [act[name].label(f"act_{name}") for name in _ACT]
        return (
            select(*self.table.c, *told)
            .join(self.acts, self._owner == self.table.c.id)
            .order_by(self.table.c.id, act.publication)
        )

    def _read(self, conn: Connection, chosen: Select[tuple[object, ...]]) -> list[Kept]:
        acts: dict[int, list[ApprovalAct]] = {}
        rows: dict[int, Row[tuple[object, ...]]] = {}
        for row in conn.execute(chosen):
            rows[row.id] = row
            acts.setdefault(row.id, []).append(_told(row))
        names = [each.name for each in fields(self.of) if each.name != "acts"]
        return [
            self.of(
                **{name: row._mapping[name] for name in names},
                acts=tuple(acts[number]),
            )
            for number, row in rows.items()
        ]


_ACT = ("act", "actor", "at", "note", "publication")


def _told(row: Row[tuple[object, ...]]) -> ApprovalAct:
    told = row._mapping
    return ApprovalAct(
        kind=PublicationKind(told["act_act"]),
        actor=told["act_actor"],
        at=told["act_at"],
        note=told["act_note"],
        publication=told["act_publication"],
    )


def within(
    table: Table, *, scope: Collection[str], metrics: Collection[str] | None = None
) -> list[ColumnElement[bool]]:
    """What narrows approvals of series to the touchpoints in `scope`, and to some metrics."""
    found: list[ColumnElement[bool]] = [table.c.touchpoint.in_(sorted(scope))]
    return found if metrics is None else [*found, table.c.metric.in_(sorted(metrics))]


def series_said(of: SeriesApproval) -> str:
    """Return `otd at delivery`, which series something was approved of."""
    return f"{of.metric} at {of.touchpoint}"
