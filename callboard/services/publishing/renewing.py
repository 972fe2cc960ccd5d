"""When a publisher's next edition is due, and what somebody did about it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from statistics import median_low

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.figures import format_day
from callboard.services.acting import said
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope, require_metric
from callboard.storage.engine import Connection, snapshot, write
from callboard.storage.publications import PublicationKind, add_publication
from callboard.storage.renewals import (
    Covered,
    RenewalAct,
    RenewalChoice,
    add_renewal_act,
    read_covered,
    read_renewal_acts,
)
from callboard.views.upkeep import Due
from data_contracts.parsing.headers import plain
from metrics.model import Metric

_MONTH = 30.44
_RHYTHMS = {1: "monthly", 3: "quarterly", 6: "twice a year", 12: "annual"}  # by months
_DUE, _WAITING, _SNOOZED, _STOPPED = "due", "waiting", "snoozed", "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How long it is from one edition to the next: whole months, or days where it is shorter."""

    months: int = 0
    days: int = 0

    def after(self, day: date, times: int = 1) -> date:
        """The day so many steps later; the end of a month stays one."""
        if not self.months:
            return day + timedelta(days=self.days * times)
        month = day.year * 12 + day.month - 1 + self.months * times
        last = _month_end(month // 12, month % 12 + 1)
        is_end = day == _month_end(day.year, day.month)
        return last if is_end else last.replace(day=min(day.day, last.day))

    @property
    def rhythm(self) -> str:
        """The word for it: annual, quarterly; else as it is said."""
        return _RHYTHMS.get(self.months, str(self))

    def __str__(self) -> str:
        """Say it: every 12 months, every 7 days."""
        number, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def list_due(
    runtime: Runtime, actor: Actor, *, by: date | None = None, is_whole: bool = False
) -> tuple[Due, ...]:
    """Return whose values want a newer edition by a day (today), the longest due first.

    An edition is due the usual step of its publisher after the last period ended; where there is
    one edition only, when its values grow too old to compare. `is_whole` adds those that wait, are
    snoozed or stopped. Values of touchpoints outside the actor's scope are left out.
    """
    require(actor, Action.READ_TRUST)
    scope = open_scope(runtime, actor)
    with snapshot(runtime.store) as connection:
        covered, acts = read_covered(connection), read_renewal_acts(connection)
    today = runtime.clock.today(runtime.workspace.time_zone)
    seen = (each for each in covered if not each.touchpoint or each.touchpoint in scope.touchpoints)
    reminders = _Reminders(runtime.definitions.metrics, acts, today=today, by=by or today)
    dues = reminders.told(seen)
    return tuple(each for each in dues if is_whole or each.state == _DUE)


def say_due(runtime: Runtime, actor: Actor) -> tuple[str, ...]:
    """Say what is due today, for a page that has other things to tell, too."""
    return tuple(each.sentence for each in list_due(runtime, actor))


def settle_due(  # noqa: PLR0913 - what is said, by keyword
    runtime: Runtime,
    actor: Actor,
    *,
    publisher: str,
    metrics: Collection[str],
    choice: RenewalChoice,
    until: date | None = None,
    note: str = "",
) -> None:
    """Keep what was done about a publisher's metrics.

    Done: looked, and silent until the next step. Snoozed: silent until a day. Stopped: silent for
    good, which needs a reason. Resumed: as if nothing had been said. CallboardError for a day that
    is missing or past, and for a publisher whose values there are not.
    """
    require(actor, Action.PUBLISH)
    codes = [require_metric(runtime, metric).code for metric in metrics]
    today, at = runtime.clock.today(runtime.workspace.time_zone), runtime.clock.now("UTC")
    is_snoozed = choice is RenewalChoice.SNOOZED
    if is_snoozed and (until is None or until <= today):
        raise CallboardError("Say until when: expected a day after today.")
    if choice is RenewalChoice.STOPPED:
        note = said(note, "Say why no newer edition is wanted: the history keeps it.")
    make = partial(
        RenewalAct,
        publisher=plain(publisher),
        act=choice,
        actor=actor.id,
        at=at,
        until=until if is_snoozed else None,
        note=" ".join(note.split()),
    )
    with write(runtime.store) as connection:
        known = {(_key(each), each.metric) for each in read_covered(connection)}
        for new in [make(metric=code) for code in codes]:
            if (new.publisher, new.metric) not in known:
                raise CallboardError(f"{publisher!r} has published nothing of {new.metric} here.")
            add_renewal_act(connection, new)
        _publish(connection, make(metric=", ".join(codes)))


def _publish(connection: Connection, act: RenewalAct) -> None:
    """Every open page tells the reminder as it stands now."""
    note = f": {act.note}" if act.note else ""
    until = f" until {act.until}" if act.until else ""
    told = f"renewal of {act.publisher} ({act.metric}) {act.act}{until}{note}"
    add_publication(
        connection, kind=PublicationKind.RENEWAL, actor_id=act.actor, note=told, at=act.at
    )


def step_between(ends: Collection[date]) -> Step | None:
    """Return the usual step between ends of periods; None where there is one only."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(ends)))]
    if not gaps:
        return None
    usual = median_low(gaps)
    return Step(months=round(usual / _MONTH)) if usual >= 28 else Step(days=usual)


@dataclass(frozen=True, slots=True)
class _Reminders:
    """What is known on a day of each publisher's metrics."""

    metrics: Mapping[str, Metric]
    acts: Mapping[tuple[str, str], RenewalAct]
    today: date
    by: date

    def told(self, covered: Iterable[Covered]) -> list[Due]:
        """Every reminder, those of one publisher that fall together in one."""
        ends: defaultdict[tuple[str, str], set[date]] = defaultdict(set)
        names: dict[str, str] = {}
        for each in covered:
            if each.metric in self.metrics:
                ends[_key(each), each.metric].add(each.end)
                names[_key(each)] = each.publisher or each.source_name
        together: dict[tuple[str, date, date, tuple[str, str], str], list[str]] = {}
        for (publisher, metric), days in ends.items():
            due_on, words = self._due(publisher, metric, days)
            state = self._state(self.acts.get((publisher, metric)), due_on)
            key = (names[publisher], max(days), due_on, words, state)
            together.setdefault(key, []).append(metric)
        found = [self._row(*key, metrics=codes) for key, codes in together.items()]
        return sorted(found, key=lambda each: (each.due_on, each.publisher.casefold()))

    def _due(
        self, publisher: str, metric: str, days: Collection[date]
    ) -> tuple[date, tuple[str, str]]:
        """When it is due, how that was found, and how often an edition comes."""
        last, usual = max(days), step_between(days)
        months = self.metrics[metric].benchmark_max_age
        step = usual or Step(months=months)
        due_on = step.after(last)
        act = self.acts.get((publisher, metric))
        if act is not None and act.act is RenewalChoice.DONE:
            looked, times = act.at.date(), 1
            while due_on <= looked:
                times += 1
                due_on = step.after(last, times)
        if usual:
            return due_on, (f"comes {usual}", usual.rhythm)
        return due_on, (f"one edition; too old after {months} months", "one edition")

    def _state(self, act: RenewalAct | None, due_on: date) -> str:
        if act is not None and act.act is RenewalChoice.STOPPED:
            return _STOPPED
        if act is not None and act.until is not None and act.until > self.by:
            return _SNOOZED
        return _DUE if due_on <= self.by else _WAITING

    def _row(
        self,
        publisher: str,
        last: date,
        due_on: date,
        words: tuple[str, str],
        state: str,
        *,
        metrics: list[str],
    ) -> Due:
        step, rhythm = words
        codes = tuple(sorted(metrics))
        names = tuple(self.metrics[code].name for code in codes)
        was = "was" if due_on < self.today else "is"
        return Due(
            publisher=publisher,
            metrics=codes,
            names=names,
            last_end=last,
            due_on=due_on,
            step=step,
            rhythm=rhythm,
            state=state,
            sentence=(
                f"{publisher} ({', '.join(names)}) {step}: the last period ended "
                f"{format_day(last)}, a newer edition {was} due {format_day(due_on)}."
            ),
        )


def _key(of: Covered) -> str:
    """A publisher's plain name; where nobody says who published, the source's."""
    return plain(of.publisher or of.source_name)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
