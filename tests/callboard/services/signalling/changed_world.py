"""A small world in which a few things changed lately, and people who look at it.

On-time delivery fell in the two newest weeks, two weeks after a peak of the depot's backlog; at
the desk fewer calls were abandoned in the newest week.
"""

from callboard.access import Actor, Role
from callboard.services.signalling.acts import SignalAt
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

OTD = [(90.0, 100.0), (91.0, 100.0), (89.0, 100.0)] * 11 + [(90.0, 100.0)] + [(70.0, 100.0)] * 2
BACKLOG = [100.0, 101.0, 99.0] * 12
ABANDON = [(100.0, 1000.0), (110.0, 1000.0), (90.0, 1000.0)] * 12
LEAD = Actor(
    id="lea", name="Lea", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"delivery"})
)
ELSEWHERE = Actor(
    id="eve", name="Eve", roles=frozenset({Role.OPS_LEAD}), touchpoints=frozenset({"desk"})
)
READER = Actor(id="rae", name="Rae", roles=frozenset({Role.EMPLOYEE}))
LATE = SignalAt(touchpoint="delivery", metric="otd", grain=Grain.WEEK, since="2026-11-02")


def fill(world: SmallWorld) -> SmallWorld:
    """Put the readings into the store."""
    backlog = [(130.0 if week == 32 else count, None) for week, count in enumerate(BACKLOG)]
    abandon = [*ABANDON[:-1], (10.0, 1000.0)]
    world.add(week_rows("otd", "delivery", OTD))
    world.add(week_rows("backlog_open", "depot", backlog))
    world.add(week_rows("abandon", "desk", abandon))
    world.reach()
    return world
