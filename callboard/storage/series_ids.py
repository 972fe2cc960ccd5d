"""The number of each series: what is measured where, and for which segment of which dimension."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, Select, func, select

from callboard.storage.tables import series

Name = tuple[str, str, str, str]  # touchpoint, metric, dimension, segment
_NAMES = ("touchpoint", "metric", "dimension", "segment")


class SeriesIds:
    """Numbers of series by name. Names met for the first time are numbered, and kept by `save`.

    Only within a write transaction: no other writer may number meanwhile.
    """

    def __init__(self, conn: Connection, metrics: Sequence[str]) -> None:
        self._conn = conn
        self._known: dict[tuple[str, ...], int] = {
            tuple(names): number
            for number, *names in conn.execute(
                select(series.c.id, *(series.c[each] for each in _NAMES)).where(
                    series.c.metric.in_(metrics)
                )
            )
        }
        self._new: list[dict[str, object]] = []
        self._next: int = (
            1 + conn.execute(select(func.coalesce(func.max(series.c.id), 0))).scalar_one()
        )

    def number(self, name: Name) -> int:
        """The number of the series called `name`."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._next
            self._new.append({"id": found, **dict(zip(_NAMES, name, strict=True))})
            self._next += 1
        return found

    def known(self) -> Iterator[tuple[int, str, str]]:
        """The number, touchpoint and metric of each series that the store has."""
        for (touchpoint, metric, *_), number in self._known.items():
            yield number, touchpoint, metric

    def wholes(self) -> Iterator[tuple[int, str, str]]:
        """The same of whole touchpoints alone, not of their segments."""
        for (touchpoint, metric, dimension, _), number in self._known.items():
            if not dimension:
                yield number, touchpoint, metric

    def save(self) -> None:
        """Store the names that are new."""
        if self._new:
            self._conn.execute(series.insert(), self._new)
            self._new = []


def series_of(metrics: Collection[str]) -> Select[tuple[int]]:
    """The numbers of all series of some metrics, as a subquery."""
    return select(series.c.id).where(series.c.metric.in_(list(metrics)))


def known_segments(conn: Connection, *, metrics: Collection[str], dimension: str) -> frozenset[str]:
    """The segments of a dimension by which some metrics were ever told apart."""
    named = select(series.c.segment).where(
        series.c.metric.in_(list(metrics)), series.c.dimension == dimension
    )
    return frozenset(conn.execute(named.distinct()).scalars())
