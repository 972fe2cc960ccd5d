"""Which number of the generated world an event can turn, named by the metric that shows it."""

from dataclasses import dataclass
from enum import StrEnum


class Turn(StrEnum):
    """How a knob is turned: by points of a share, or by a factor."""

    POINTS = "points"
    TIMES = "times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """Where a metric's number is made, and how an event changes it."""

    feed: str
    turn: Turn


KNOBS: dict[str, Knob] = {
    "fcr": Knob(feed="contacts", turn=Turn.POINTS),
    "reopen": Knob(feed="contacts", turn=Turn.POINTS),
    "abandon": Knob(feed="contacts", turn=Turn.POINTS),
    "sla_met": Knob(feed="contacts", turn=Turn.POINTS),
    "deflect": Knob(feed="contacts", turn=Turn.POINTS),
    "asa": Knob(feed="contacts", turn=Turn.TIMES),
    "aht": Knob(feed="contacts", turn=Turn.TIMES),
    "frt_p50": Knob(feed="contacts", turn=Turn.TIMES),
    "ttr_p50": Knob(feed="contacts", turn=Turn.TIMES),
    "complaints": Knob(feed="contacts", turn=Turn.TIMES),
    "compliments": Knob(feed="contacts", turn=Turn.TIMES),
    "contact_rate": Knob(feed="contacts", turn=Turn.TIMES),
    "otd": Knob(feed="deliveries", turn=Turn.POINTS),
    "ftf": Knob(feed="deliveries", turn=Turn.POINTS),
    "mishandled": Knob(feed="deliveries", turn=Turn.TIMES),
    "returns": Knob(feed="deliveries", turn=Turn.TIMES),
    "oct_p50": Knob(feed="deliveries", turn=Turn.TIMES),
    "lcp_p75": Knob(feed="web_vitals", turn=Turn.TIMES),
    "checkout_ok": Knob(feed="web_vitals", turn=Turn.POINTS),
    "csat": Knob(feed="survey_answers", turn=Turn.POINTS),
    "nps": Knob(feed="survey_answers", turn=Turn.POINTS),
    "ces": Knob(feed="survey_answers", turn=Turn.POINTS),
    "int_csat": Knob(feed="survey_answers", turn=Turn.POINTS),
    "enps": Knob(feed="survey_answers", turn=Turn.POINTS),
    "int_sla": Knob(feed="internal_requests", turn=Turn.POINTS),
    "trir": Knob(feed="safety_incidents", turn=Turn.TIMES),
    "near_miss": Knob(feed="safety_incidents", turn=Turn.TIMES),
    "backlog_open": Knob(feed="backlog", turn=Turn.TIMES),
    "backlog_aged": Knob(feed="backlog", turn=Turn.POINTS),
}
