"""What the example's engineer has said of its limits: the weeks of a bad release make none."""

from datetime import date

from callboard.access import Actor
from callboard.demo.story import Event, Happening
from callboard.services.breaking.baselines import check_baseline, lay_baseline, list_baselines
from callboard.services.examples.story import read_told_story
from callboard.services.runtime import Runtime
from callboard.workspace import Sample
from metrics.chosen import BaselineUse
from metrics.model import Grain


def set_aside(runtime: Runtime, actor: Actor) -> int:
    """Set the weeks of the story's bad releases aside, after a refresh; how many series it was.

    A few weeks far off pull the centre to themselves, and all others look better than usual. What
    was laid down or withdrawn there before stays as it is.
    """
    plan = read_told_story(runtime) if runtime.workspace.sample is Sample.STORY else None
    if plan is None:
        return 0
    known = runtime.definitions
    return sum(
        _lay(runtime, actor, event, effect.metric, last_day=plan.last_day)
        for event in plan.story.events
        if event.kind is Happening.BAD_RELEASE and event.touchpoint in known.touchpoints
        for effect in event.effects
        if effect.metric in known.metrics
    )


def _lay(runtime: Runtime, actor: Actor, event: Event, metric: str, *, last_day: date) -> bool:
    end = event.end_day(last_day)
    if end is None or list_baselines(runtime, actor, touchpoint=event.touchpoint, metric=metric):
        return False
    days = {
        "touchpoint": event.touchpoint,
        "metric": metric,
        "first": event.first_day(last_day).isoformat(),
        "last": end.isoformat(),
    }
    grain, use = Grain.WEEK, BaselineUse.ASIDE
    if check_baseline(runtime, actor, **days, use=use, grain=grain).refused:
        return False
    reason = f"{event.name}: not how the service usually runs"
    lay_baseline(runtime, actor, **days, use=use, reason=reason, grain=grain)
    return True
