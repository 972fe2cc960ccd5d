"""What the alerts of a workspace must agree with: metrics, touchpoints, channels. Pure."""

from collections.abc import Collection, Iterator, Mapping

from callboard.alert_rules import AlertRule
from callboard.workspace import Workspace
from definition_files import Problem, nearest
from metrics.model import Better, Metric


def check_alerts(
    workspace: Workspace,
    *,
    metrics: Mapping[str, Metric],
    touchpoints: Collection[str],
    channels: Collection[str],
    file: str,
) -> Iterator[Problem]:
    """Everything in the rules that names what there is not, or could never go off."""
    seen: set[str] = set()
    for at, rule in enumerate(workspace.alerts):
        where = f"alerts.{at}"
        if rule.alert in seen:
            yield Problem(
                file=file,
                key=f"{where}.alert",
                found=f"{rule.alert!r} twice",
                expected="each code once",
            )
        seen.add(rule.alert)
        named = (
            ("metrics", "metric", rule.metrics, metrics),
            ("touchpoints", "touchpoint", rule.touchpoints, touchpoints),
            ("channels", "channel", rule.channels, channels),
        )
        for key, kind, words, known in named:
            yield from _unknown((file, f"{where}.{key}"), kind, words, known)
        yield from _never(rule, metrics, (file, f"{where}.metrics"))


def _unknown(
    where: tuple[str, str], kind: str, words: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for word in words:
        if word not in known:
            yield Problem(
                file=where[0],
                key=where[1],
                found=f"the unknown {kind} {word!r}",
                expected=f"one of {', '.join(sorted(known))}" if known else f"no {kind}",
                suggestion=nearest(word, known),
            )


def _never(
    rule: AlertRule, metrics: Mapping[str, Metric], where: tuple[str, str]
) -> Iterator[Problem]:
    """A metric of which no value is better has neither targets nor concerns."""
    for code in rule.metrics:
        if code in metrics and metrics[code].better is Better.NEUTRAL:
            yield Problem(
                file=where[0],
                key=where[1],
                found=f"{code!r}, of which no value is better, under {rule.when.value!r}",
                expected="metrics that can be good or bad",
                suggestion="Leave it out.",
            )
