"""Page views and survey answers: rows that are whole from the moment they are written."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from callboard.demo.dice import Numbers
from callboard.demo.making import REGIONS, Making, codes, owners
from callboard.demo.moments import Floats, local_moments
from callboard.demo.rows import Rows, keys, last_stage
from callboard.demo.seasons import WEB_HOURS

_DEVICES = {"phone": 0.62, "desktop": 0.31, "tablet": 0.07}
_SLOWER = {"phone": 1.12, "desktop": 0.86, "tablet": 1.0}
_PAGES = {"/": 0.22, "/search": 0.24, "/product": 0.34, "/basket": 0.12, "/help": 0.08}
_CHANNELS = {"email": 0.6, "web": 0.25, "phone": 0.15}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPlace:
    """A site: the median of its largest paint in seconds, who starts a checkout, who completes."""

    touchpoint: str
    volume: float
    weekday: tuple[float, ...]
    paint: float
    starts: float
    completes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPlace:
    """A survey at a touchpoint: shares (0-1) of the best and the worst answers."""

    touchpoint: str
    survey: str
    volume: float
    weekday: tuple[float, ...]
    best: float
    worst: float
    teams: tuple[str, ...] = ()


def make_views(making: Making, places: Sequence[WebPlace]) -> Rows:
    """Return a day's page views by `making.until`."""
    dice, names = making.dice, codes(places)
    owner = owners(making, places)
    viewed = local_moments(making.day, making.zone, dice.hours(WEB_HOURS, owner.size))
    device = dice.pick(_DEVICES, owner.size)
    slower = np.select([device == name for name in _SLOWER], list(_SLOWER.values()))
    medians = np.array([place.paint for place in places]) * making.influence.times(names, "lcp_p75")
    medians = medians * dice.wobble(len(places), 0.03)
    started = dice.happens(np.array([place.starts for place in places])[owner])
    ordinary = dice.shares(np.array([place.completes for place in places]))
    completes = making.influence.share(names, "checkout_ok", ordinary)[owner]
    written = last_stage(making.until, viewed)
    return Rows(
        {
            "view_id": keys("V", making.day, owner.size),
            "touchpoint": np.array(names)[owner],
            "viewed_at": viewed,
            "updated_at": viewed,
            "device": device,
            "region": dice.pick(REGIONS, owner.size),
            "page": dice.pick(_PAGES, owner.size),
            "lcp_seconds": np.clip(dice.lognormal(medians[owner] * slower, 0.42), 0.2, 60).round(3),
            "started_checkout": started.astype(np.int64),
            "completed_checkout": (started & dice.happens(completes)).astype(np.int64),
        },
        written,
    )


def make_answers(making: Making, places: Sequence[SurveyPlace]) -> Rows:
    """Return a day's survey answers by `making.until`."""
    dice = making.dice
    owner = owners(making, places)
    answered = local_moments(making.day, making.zone, dice.hours(WEB_HOURS, owner.size))
    teams = [dict.fromkeys(place.teams or ("",), 1.0) for place in places]
    return Rows(
        {
            "answer_id": keys("A", making.day, owner.size),
            "touchpoint": np.array(codes(places))[owner],
            "answered_at": answered,
            "updated_at": answered,
            "survey": np.array([place.survey for place in places])[owner],
            "score": _scores(making, places, owner),
            "channel": dice.pick(_CHANNELS, owner.size),
            "region": dice.pick(REGIONS, owner.size),
            "team": dice.pick_each(teams, owner),
        },
        last_stage(making.until, answered),
    )


_SCALES = {
    "csat": ((1, 4), (4, 6)),
    "internal": ((1, 4), (4, 6)),
    "ces": ((1, 5), (5, 8)),
    "nps": ((0, 7), (9, 11)),
    "enps": ((0, 7), (9, 11)),
}
_METRICS = {"internal": "int_csat"}


def _scores(making: Making, places: Sequence[SurveyPlace], owner: Numbers) -> Numbers:
    """Scores: the worst answers low on their scale, the best high, the rest between them."""
    best, worst = _shares(making, places)
    chance = making.dice.between(0, 1, owner.size)
    is_best, is_worst = chance < best[owner], chance > 1 - worst[owner]
    low = np.array([_SCALES[place.survey][0] for place in places])[owner]
    high = np.array([_SCALES[place.survey][1] for place in places])[owner]
    inside = making.dice.between(0, 1, owner.size)
    bounds = np.where(
        is_best[:, None],
        high,
        np.where(is_worst[:, None], low, np.stack([low[:, 1], high[:, 0]], 1)),
    )
    width = bounds[:, 1] - bounds[:, 0]
    scores: Numbers = np.floor(bounds[:, 0] + inside * width).astype(np.int64)
    return scores


def _shares(making: Making, places: Sequence[SurveyPlace]) -> tuple[Floats, Floats]:
    """The day's best and worst shares; an event moves a net score from both of its ends."""
    best, worst = np.zeros(len(places)), np.zeros(len(places))
    tilt = making.dice.wobble(len(places), 0.04)
    for number, place in enumerate(places):
        metric = _METRICS.get(place.survey, place.survey)
        moved = making.influence.share([place.touchpoint], metric, np.array([0.5]))[0] - 0.5
        half = moved / 2 if place.survey in ("nps", "enps") else moved
        best[number] = np.clip(place.best * tilt[number] + half, 0.02, 0.98)
        worst[number] = np.clip(place.worst - half, 0.01, 1 - best[number])
    return best, worst
