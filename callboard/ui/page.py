"""What every drawing on a page is given: who looks, at which publication, of which workspace."""

import time
from dataclasses import dataclass

from callboard.access import Actor
from callboard.services.runtime import Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An opened page. `stamp` changes whenever a figure on it could: every cache is keyed by it."""

    name: str
    runtime: Runtime
    actor: Actor
    publication: int
    stamp: str
    opened: float

    @property
    def is_new(self) -> bool:
        """Whether it was opened a moment ago, so that nothing newer can have been missed."""
        return time.monotonic() - self.opened < 1.0

    @property
    def reach(self) -> str:
        """What the actor may read: alike for all who may read the same."""
        return _reach(self.actor)

    @property
    def is_over(self) -> bool:
        """Whether the hour in which it was opened has passed: its figures may be told anew."""
        return _hour(self.runtime) not in self.stamp

    @property
    def zone(self) -> str:
        """The time zone that moments are told in."""
        return self.runtime.workspace.time_zone


def make_page(name: str, runtime: Runtime, actor: Actor, *, opened: float | None = None) -> Page:
    """Return the page as of the newest publication; StoreUnavailable where the store is down."""
    publication = runtime.publication()
    return Page(
        name=name,
        runtime=runtime,
        actor=actor,
        publication=publication,
        stamp=f"{publication} {_hour(runtime)} {_reach(actor)}",
        opened=time.monotonic() if opened is None else opened,
    )


def _hour(runtime: Runtime) -> str:
    """A feed goes stale and a day ends without a publication, so an hour is as old as it gets."""
    return f"{runtime.clock.now():%Y-%m-%dT%H}"


def _reach(actor: Actor) -> str:
    """What the actor may read, so that nobody is shown a drawing made for somebody else."""
    roles = ",".join(sorted(actor.roles))
    own = "*" if actor.touchpoints is None else ",".join(sorted(actor.touchpoints))
    return f"{roles}/{own}"
