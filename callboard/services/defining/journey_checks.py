"""What a journey must find in the workspace: front touchpoints and their metrics. Pure."""

from collections.abc import Collection, Iterator, Mapping

from definition_files import Problem, nearest
from metrics.journey import Journey, JourneyStage
from metrics.touchpoint import Stage, Touchpoint


def check_journey(
    journey: Journey,
    touchpoints: Mapping[str, Touchpoint],
    metrics: Collection[str],
    *,
    file: str,
) -> Iterator[Problem]:
    """Return everything that a journey names and that is not there; `metrics` are all there are."""
    for at, stage in enumerate(journey.stages):
        key = f"stages.{at}"
        for code in stage.touchpoints:
            yield from _check_place(code, touchpoints, file=file, key=f"{key}.touchpoints")
        yield from _check_metrics(stage, touchpoints, metrics, where=(file, f"{key}.metrics"))


def _check_place(
    code: str, touchpoints: Mapping[str, Touchpoint], *, file: str, key: str
) -> Iterator[Problem]:
    front = sorted(name for name, each in touchpoints.items() if each.stage is Stage.FRONT)
    if code not in touchpoints:
        yield Problem(
            file=file,
            key=key,
            found=f"the unknown touchpoint {code!r}",
            expected=f"one of {', '.join(front)}" if front else "no touchpoint: there is none",
            suggestion=nearest(code, front),
        )
    elif code not in front:
        yield Problem(
            file=file,
            key=key,
            found=f"{code!r}, which customers do not see",
            expected="touchpoints of the front stage",
            suggestion="A service behind one is drawn by the touchpoint's own 'depends_on'.",
        )


def _check_metrics(
    stage: JourneyStage,
    touchpoints: Mapping[str, Touchpoint],
    metrics: Collection[str],
    *,
    where: tuple[str, str],
) -> Iterator[Problem]:
    for place, codes in stage.metrics.items():
        listed = touchpoints[place].metrics if place in touchpoints else None
        known = metrics if listed is None else listed
        for code in codes:
            if code not in known:
                yield Problem(
                    file=where[0],
                    key=f"{where[1]}.{place}",
                    found=f"the unknown metric {code!r}",
                    expected=f"one of {', '.join(sorted(known))}",
                    suggestion=nearest(code, known),
                )
