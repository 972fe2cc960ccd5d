"""The signal that a metric shows now, told where the metric is looked into."""

from datetime import date

import pytest

from callboard.errors import NotAllowed
from callboard.services.signalling import acts
from callboard.services.signalling.here import read_signal_here
from tests.callboard.services.signalling.changed_world import ELSEWHERE, LATE, LEAD, fill
from tests.callboard.services.small_world import SmallWorld

HERE = {"metric": LATE.metric, "touchpoint": LATE.touchpoint}


def test_the_metric_tells_who_has_its_signal_and_what_was_said(world: SmallWorld) -> None:
    changed = fill(world)
    acts.assign(changed.runtime, LEAD, LATE, to="Kim Lee", due=date(2026, 12, 1))
    done = acts.comment(changed.runtime, LEAD, LATE, text="The depot is short of drivers")
    found = read_signal_here(changed.runtime, LEAD, **HERE)
    assert found is not None
    assert done == found.follow
    assert f"{LATE.touchpoint}.{LATE.metric}.{LATE.since}" == found.id
    with pytest.raises(NotAllowed):
        read_signal_here(changed.runtime, ELSEWHERE, **HERE)


def test_a_metric_without_a_signal_tells_of_none(world: SmallWorld) -> None:
    assert read_signal_here(world.runtime, LEAD, **HERE) is None
