"""What is drawn otherwise in one version of a journey than in another, in sentences. Pure."""

from collections.abc import Iterator, Mapping

from metrics.journey import Journey, JourneyStage

Names = Mapping[str, str]


def changes_between(before: Journey | None, after: Journey, *, names: Names) -> tuple[str, ...]:
    """Return what is new; that it was drawn, where there was none before.

    `names` are those of touchpoints; one that is no more is told by its code.
    """
    if before is None:
        return (f"Drawn with {_count(len(after.stages))}.",)
    return (*_of_the_whole(before, after), *_of_the_stages(before, after, names))


def _of_the_whole(before: Journey, after: Journey) -> Iterator[str]:
    if before.name != after.name:
        yield f"Called “{after.name}”, before “{before.name}”."
    if before.customer != after.customer:
        yield "The customer is another."


def _of_the_stages(before: Journey, after: Journey, names: Names) -> Iterator[str]:
    was = {stage.code: stage for stage in before.stages}
    now = {stage.code: stage for stage in after.stages}
    yield from (f"Stage “{each.name}” is new." for code, each in now.items() if code not in was)
    yield from (f"Stage “{each.name}” is gone." for code, each in was.items() if code not in now)
    if [code for code in was if code in now] != [code for code in now if code in was]:
        yield f"The order is {', '.join(each.name for each in after.stages)}."
    for code, stage in now.items():
        if code in was:
            yield from _of_a_stage(was[code], stage, names)


def _of_a_stage(before: JourneyStage, after: JourneyStage, names: Names) -> Iterator[str]:
    if before.name != after.name:
        yield f"Stage “{before.name}” is called “{after.name}”."
    if before.question != after.question:
        yield f"The question at “{after.name}” is another."
    here = f"at “{after.name}”"
    was, now = (_named(each.touchpoints, names) for each in (before, after))
    yield from _placed(was, now, here)
    stayed = [code for code in after.touchpoints if code in before.touchpoints]
    if any(before.metrics.get(code) != after.metrics.get(code) for code in stayed):
        yield f"Other metrics are told {here}."


def _named(touchpoints: tuple[str, ...], names: Names) -> tuple[str, ...]:
    return tuple(names.get(code, code) for code in touchpoints)


def _placed(before: tuple[str, ...], after: tuple[str, ...], here: str) -> Iterator[str]:
    new = [code for code in after if code not in before]
    gone = [code for code in before if code not in after]
    if new:
        yield f"Met {here}: {', '.join(new)}."
    if gone:
        yield f"Not met {here} any more: {', '.join(gone)}."
    if not new and not gone and before != after:
        yield f"Met {here} in this order: {', '.join(after)}."


def _count(stages: int) -> str:
    return "1 stage" if stages == 1 else f"{stages} stages"
