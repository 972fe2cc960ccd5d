"""What an organisation says of itself in workspace.yaml: name, calendar, databases, peers."""

from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from callboard.alert_rules import AlertRule
from definition_files import nearest
from metrics.model import Code, Grain, Strict, Words


class Ourselves(Strict):
    """What we are called in other people's publications, so that we never rank as our own peer.

    `regions` are those we work in, as publishers write them: a value of them is of our own.
    """

    name: Words
    aliases: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class PeerSet(Strict):
    """Competitors that may be compared with us, and why."""

    name: Words
    why: Words
    entities: tuple[str, ...] = Field(min_length=1)


class Calendar(Strict):
    """How periods are counted."""

    grain: Grain = Grain.WEEK


def _time_of_day(told: object) -> object:
    """Text alone is a time: YAML reads a bare 22:00 as the number 1320."""
    if not isinstance(told, str):
        raise PydanticCustomError("time", "a time of day in quotes, such as '22:00'")
    return told


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
MailAddress = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]


class QuietHours(Strict):
    """From when to when nobody is disturbed, in the workspace's time zone; it may pass midnight."""

    start: TimeOfDay
    end: TimeOfDay


class Webhook(Strict):
    """An address that takes messages as Slack does; `name` is what it is called on screen."""

    name: Words
    url: str = Field(min_length=1, repr=False)


class Mail(Strict):
    """Where e-mail goes. `server` is smtp:// or smtps:// with host, and user where needed."""

    server: str = Field(min_length=1, repr=False)
    sender: MailAddress
    to: tuple[MailAddress, ...] = Field(min_length=1)


class Weekday(StrEnum):
    """A day of the week, as it is written."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class DigestOrder(Strict):
    """When the last whole week is told by e-mail, in the workspace's time zone, and to whom.

    Without `to` it goes to whom notices go. `address` is where Callboard is; it makes the links.
    """

    weekday: Weekday = Weekday.MONDAY
    at: TimeOfDay = time(7)
    to: tuple[MailAddress, ...] = ()
    address: str = Field(default="", pattern=r"^(https?://[^\s]+)?$")


class Telling(StrEnum):
    """From which weight on a change is told outside of Callboard."""

    WARNING = "warning"
    BREACH = "breach"


class Notifications(Strict):
    """Who is told that data broke its contract, came late, or is well again, and when."""

    quiet_hours: QuietHours | None = None
    webhooks: tuple[Webhook, ...] = ()
    email: Mail | None = None
    tell: Telling = Telling.WARNING
    digest: DigestOrder | None = None

    @model_validator(mode="after")
    def _a_digest_has_a_way(self) -> "Notifications":
        if self.digest is not None and self.email is None:
            raise PydanticCustomError("digest", "'email' too: a digest goes by e-mail")
        return self

    @model_validator(mode="after")
    def _names_differ(self) -> "Notifications":
        names = [each.name for each in self.webhooks]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise PydanticCustomError("twice", "webhooks with names that differ")
        return self


MAIL_CHANNEL = "e-mail"


def channel_names(told: Notifications | None) -> tuple[str, ...]:
    """What the ways out of Callboard are called; none where nobody is told."""
    if told is None:
        return ()
    hooks = tuple(each.name for each in told.webhooks)
    mail = f"{MAIL_CHANNEL} by SMTP" if MAIL_CHANNEL in hooks else MAIL_CHANNEL
    return hooks if told.email is None else (*hooks, mail)


class Sample(StrEnum):
    """The example data that `callboard demo` writes into a workspace's own SQLite file."""

    STORY = "story"
    NYC_FLIGHTS = "nyc_flights"


class Workspace(Strict):
    """The whole of workspace.yaml; `feeds` maps a standard feed to the database it comes from.

    `preferred_sources` are names of sources of benchmarks, the one to prefer first.
    Without `sample` the databases belong to others, and `callboard demo` writes nothing.
    """

    name: Words
    title: str = ""
    notice: str = ""
    time_zone: str
    today: date | None = None
    locale: str = "en_GB"
    ourselves: Ourselves
    calendar: Calendar = Calendar()
    pillars: tuple[Words, ...] = ("Listening", "Quality", "Delivery", "Integration")
    keys: tuple[Words, ...] = ("Safety", "Courtesy", "Show", "Efficiency")
    databases: dict[Code, str] = Field(default_factory=dict)
    feeds: dict[Code, Code] = Field(default_factory=dict)
    metrics: tuple[Code, ...] | None = None
    peer_sets: tuple[PeerSet, ...] = ()
    preferred_sources: tuple[Words, ...] = ()
    holidays: tuple[date, ...] = ()
    segment_cap: int = Field(default=12, ge=1, le=100)
    sample: Sample | None = None
    notifications: Notifications | None = None
    alerts: tuple[AlertRule, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        if zone not in available_timezones():
            hint = {"suggestion": nearest(zone, available_timezones())}
            raise PydanticCustomError("zone", "an IANA time zone such as 'Europe/London'", hint)
        return zone


WORKSPACE_FILE = Path("workspace.yaml")
